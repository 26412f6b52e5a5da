#include "gui/picture.hpp"

#include <string>
#include <string_view>

#include "cli/write_file.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#include <stb_image_write.h>
#pragma GCC diagnostic pop

namespace mailwalk::gui {

Done write_png(const Picture& picture, const std::filesystem::path& file) {
  std::string png;
  const auto append = [](void* context, void* data, int size) {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                               static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(append, &png, picture.width, picture.height, 3, picture.rgb.data(),
                         picture.width * 3);
  return cli::write_file(file, png);
}

}  // namespace mailwalk::gui
