#include "cli/run_notes.hpp"

#include "export/count_words.hpp"
#include "export/narrator.hpp"

namespace mailwalk::cli {

using exporting::count_words;
using exporting::Language;
using exporting::Narrator;

std::string lines_changed_words(const std::string& file, std::size_t lines, Language language) {
  return Narrator(language).format(
      lines == 1 ? "{0}: 1 line ended in LF, or not at all; it ends in CRLF now"
                 : "{0}: {1} lines ended in LF, or not at all; they end in CRLF now",
      "{0}: {1} baris berakhir dengan LF atau tanpa akhir baris; kini berakhir dengan CRLF", file,
      lines);
}

std::string undelivered_words(const Undelivered& undelivered, Language language) {
  const Narrator narrator(language);
  std::string words(narrator.pick("not everything arrived: ", "tidak semua surat sampai: "));
  if (undelivered.waiting > 0) {
    words += narrator.format("{0}", "{1} surat masih menunggu",
                             count_words(undelivered.waiting, "mail waits", "mails wait"),
                             undelivered.waiting);
  }
  if (undelivered.waiting > 0 && undelivered.failed > 0) words += ", ";
  if (undelivered.failed > 0) {
    words += narrator.format(
        "{0} refused or given up", "{1} penerima ditolak atau tidak berhasil dikirimi",
        count_words(undelivered.failed, "recipient was", "recipients were"), undelivered.failed);
  }
  return words;
}

std::string only_served_words(const std::string& host, Language language) {
  return Narrator(language).format(
      "{0} is a real server, which nobody reaches in virtual time; `mailwalk serve` does",
      "{0} adalah server sungguhan, yang tidak terjangkau dalam waktu virtual; pakai `mailwalk "
      "serve`",
      host);
}

std::string unrecorded_words(const Error& why, Language language) {
  return Narrator(language).format("{0}; the run goes on and is not recorded",
                                   "{0}; simulasi berjalan terus tanpa direkam", why.text());
}

}  // namespace mailwalk::cli
