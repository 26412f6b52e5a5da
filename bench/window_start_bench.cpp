#include "window_start_bench.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

#include "gui/app.hpp"
#include "gui/assets.hpp"
#include "gui/lesson_list.hpp"
#include "gui/window.hpp"
#include "report.hpp"

namespace mailwalk::bench {
namespace {

constexpr int kWidth = 1'280;
constexpr int kHeight = 720;
constexpr int kStarts = 15;

// ---- What is started; each returns false if there is no screen ---------------------------------

bool show_bare_window() {
  if (glfwInit() == GLFW_FALSE) return false;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  GLFWwindow* window = glfwCreateWindow(kWidth, kHeight, "bare", nullptr, nullptr);
  if (window == nullptr) return false;
  glfwMakeContextCurrent(window);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  ImGui::ShowDemoWindow();
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
  return true;
}

gui::Language language(exporting::Language which) {
  auto loaded = gui::Language::load(gui::assets_folder() / "lang", which);
  if (!loaded) std::abort();
  return std::move(*loaded);
}

// As the program does it, with the first lesson.
bool show_mailwalk() {
  const auto lessons = gui::list_lessons();
  if (!lessons || lessons->empty()) std::abort();
  gui::App app(gui::Settings{},
               {language(exporting::Language::English), language(exporting::Language::Indonesian)},
               *lessons);
  if (!app.open(lessons->front().file)) std::abort();
  const auto window = gui::Window::open({kWidth, kHeight, "Mailwalk"});
  if (!window) return false;
  app.pass(0);
  const gui::Window::Size size = (*window)->size();
  gui::Fonts fonts;
  fonts.build(*ImGui::GetIO().Fonts,
              app.wanted_fonts(static_cast<float>(size.width), static_cast<float>(size.height),
                               (*window)->content_scale()),
              gui::Characters::Common);
  (*window)->upload_fonts();
  (*window)->draw(gui::theme_named(app.settings().theme).paper, [&] { app.draw(fonts); });
  return true;
}

// ---- Starting it -------------------------------------------------------------------------------

// In a process of its own: the second window of a process is open sooner than the first. nullopt:
// there is no screen.
std::optional<double> seconds_to_start(bool (*show)()) {
  const double begun = seconds_now();
  const pid_t child = fork();
  if (child == 0) {
    const bool shown = show();
    std::_Exit(shown ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return std::nullopt;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS) return std::nullopt;
  return seconds_now() - begun;
}

}  // namespace

void measure_window_start() {
  std::vector<double> bare;
  std::vector<double> ours;
  for (int i = 0; i < kStarts; ++i) {
    const auto bare_seconds = seconds_to_start(show_bare_window);
    const auto our_seconds = seconds_to_start(show_mailwalk);
    if (!bare_seconds || !our_seconds) {
      fmt::print("  there is no screen: left out (xvfb-run gives one)\n");
      return;
    }
    bare.push_back(*bare_seconds);
    ours.push_back(*our_seconds);
  }
  // Whatever else this machine does can only make it slower.
  const double theirs = *std::min_element(bare.begin(), bare.end());
  const double own = *std::min_element(ours.begin(), ours.end());
  print_figure("to the first frame", own * 1e3, "ms");
  print_ratio("to the first frame / a bare GLFW and Dear ImGui window", own / theirs, Aim::AtMost,
              1.5);
}

}  // namespace mailwalk::bench
