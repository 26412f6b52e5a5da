#include "gui/window.hpp"

#include <fmt/format.h>
#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "wire/utf8.hpp"
#include "world/problems.hpp"

namespace mailwalk::gui {
namespace {

constexpr int kSmallestWidth = 480;
constexpr int kSmallestHeight = 320;

// ---- Keys ------------------------------------------------------------------------------------

std::optional<Key> key_of(int key) {
  switch (key) {
    case GLFW_KEY_SPACE: return Key::Space;
    case GLFW_KEY_LEFT: return Key::Left;
    case GLFW_KEY_RIGHT: return Key::Right;
    case GLFW_KEY_UP: return Key::Up;
    case GLFW_KEY_DOWN: return Key::Down;
    case GLFW_KEY_HOME: return Key::Home;
    case GLFW_KEY_END: return Key::End;
    case GLFW_KEY_PAGE_UP: return Key::PageUp;
    case GLFW_KEY_PAGE_DOWN: return Key::PageDown;
    case GLFW_KEY_TAB: return Key::Tab;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return Key::Enter;
    case GLFW_KEY_ESCAPE: return Key::Escape;
    case GLFW_KEY_F11: return Key::F11;
    default: return std::nullopt;
  }
}

Modifiers modifiers_of(int mods) {
  Modifiers modifiers = 0;
  if ((mods & GLFW_MOD_SHIFT) != 0) modifiers |= +Modifier::Shift;
  if ((mods & GLFW_MOD_CONTROL) != 0) modifiers |= +Modifier::Ctrl;
  if ((mods & GLFW_MOD_ALT) != 0) modifiers |= +Modifier::Alt;
  return modifiers;
}

// With Ctrl or Alt no character is reported: then the key's own name is asked, which the keyboard's
// layout gives too. Plain characters come through on_character.
std::optional<KeyStroke> stroke_of(int key, int scancode, int mods) {
  const Modifiers modifiers = modifiers_of(mods);
  if (const auto named = key_of(key)) return KeyStroke{*named, 0, modifiers};
  const auto without_shift = static_cast<Modifiers>(modifiers & ~+Modifier::Shift);
  if (without_shift == 0) return std::nullopt;
  const char* name = glfwGetKeyName(key, scancode);
  if (name == nullptr || wire::utf8_length(name) == 0) return std::nullopt;
  return KeyStroke{Key::Character, wire::utf8_code_point(name), without_shift};
}

Error no_window(const std::string& what) {
  return world::make_error("the window cannot be opened: " + what,
                           "`mailwalk run` plays lessons as text");
}

std::string last_glfw_error() {
  const char* description = nullptr;
  glfwGetError(&description);
  return description == nullptr ? "no reason is given" : description;
}

// The screen on which most of the window lies; nullptr if there is none at all.
GLFWmonitor* monitor_under(GLFWwindow* window) {
  int x = 0, y = 0, width = 0, height = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  int count = 0;
  GLFWmonitor** const monitors = glfwGetMonitors(&count);
  GLFWmonitor* found = glfwGetPrimaryMonitor();
  long most = 0;
  for (int i = 0; i < count; ++i) {
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) continue;
    int left = 0, top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const long across = std::min(x + width, left + mode->width) - std::max(x, left);
    const long down = std::min(y + height, top + mode->height) - std::max(y, top);
    const long shared = std::max(across, 0L) * std::max(down, 0L);
    if (shared <= most) continue;
    most = shared;
    found = monitors[i];
  }
  return found;
}

// ---- A picture in memory ---------------------------------------------------------------------

// A framebuffer of its own, which goes away with it.
class OffScreen {
 public:
  OffScreen(int width, int height) {
    glGenFramebuffers(1, &framebuffer_);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glGenRenderbuffers(1, &colors_);
    glBindRenderbuffer(GL_RENDERBUFFER, colors_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGB8, width, height);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colors_);
  }
  ~OffScreen() {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glDeleteRenderbuffers(1, &colors_);
    glDeleteFramebuffers(1, &framebuffer_);
  }
  OffScreen(const OffScreen&) = delete;
  OffScreen& operator=(const OffScreen&) = delete;

 private:
  GLuint framebuffer_ = 0;
  GLuint colors_ = 0;
};

void clear(Color ground) {
  const auto channel = [&](int shift) {
    return static_cast<float>(ground.rgb >> shift & 0xFF) / 255.0F;
  };
  glClearColor(channel(16), channel(8), channel(0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

// ---- Opening and closing ---------------------------------------------------------------------

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  glfwSetErrorCallback(nullptr);
  if (glfwInit() == GLFW_FALSE) return no_window(last_glfw_error());
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  // In full screen on the projector it stays, whatever is done on the other screen meanwhile.
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWwindow* window =
      glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr);
  if (window == nullptr) {
    const std::string why = last_glfw_error();
    glfwTerminate();
    return no_window(why);
  }
  glfwMakeContextCurrent(window);
  if (gladLoadGL(glfwGetProcAddress) == 0) {
    glfwDestroyWindow(window);
    glfwTerminate();
    return no_window("OpenGL 3.3 is not there");
  }
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(window, kSmallestWidth, kSmallestHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
  return std::unique_ptr<Window>(new Window(window));
}

Window::Window(GLFWwindow* window) : window_(window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // what is kept is in our own settings
  install_callbacks();
  ImGui_ImplGlfw_InitForOpenGL(window_, true);  // its callbacks call ours first
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

// ---- Input -----------------------------------------------------------------------------------

Window::Input& Window::input_of(GLFWwindow* window) {
  return static_cast<Window*>(glfwGetWindowUserPointer(window))->input_;
}

// Dear ImGui 1.86 has no queue: a key that is pressed and let go between two frames would be lost.
void Window::install_callbacks() {
  glfwSetWindowUserPointer(window_, this);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    Input& input = input_of(w);
    input.any = true;
    if (action == GLFW_RELEASE) return;
    if (const auto stroke = stroke_of(key, scancode, mods)) input.strokes.push_back(*stroke);
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int character) {
    Input& input = input_of(w);
    input.any = true;
    const bool capital = character >= 'A' && character <= 'Z';
    const char32_t lower = capital ? character - 'A' + 'a' : character;
    if (character != ' ') input.strokes.push_back({Key::Character, lower, 0});
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { input_of(w).any = true; });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { input_of(w).any = true; });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { input_of(w).any = true; });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { input_of(w).any = true; });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { input_of(w).any = true; });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    Input& input = input_of(w);
    input.any = true;
    for (int i = 0; i < count; ++i) input.dropped_files.emplace_back(paths[i]);
  });
}

void Window::wait(const Wait& wait) {
  switch (wait.how) {
    case Wait::How::Poll: glfwPollEvents(); return;
    // Never with a negative time: that would be an error, and no wait at all.
    case Wait::How::Timeout: glfwWaitEventsTimeout(std::max(wait.seconds, 0.001)); return;
    case Wait::How::UntilEvent: glfwWaitEvents(); return;
  }
}

bool Window::take_input() {
  return std::exchange(input_.any, false);
}
std::vector<KeyStroke> Window::take_strokes() {
  return std::exchange(input_.strokes, {});
}
std::vector<std::string> Window::take_dropped_files() {
  return std::exchange(input_.dropped_files, {});
}
bool Window::wants_to_close() const {
  return glfwWindowShouldClose(window_) != GLFW_FALSE;
}

// ---- Size ------------------------------------------------------------------------------------

Window::Size Window::size() const {
  Size size{};
  glfwGetFramebufferSize(window_, &size.width, &size.height);
  return size;
}
Window::Size Window::size_on_screen() const {
  if (full_screen_) return windowed_;
  Size size{};
  glfwGetWindowSize(window_, &size.width, &size.height);
  return size;
}
float Window::content_scale() const {
  float across = 1;
  float down = 1;
  glfwGetWindowContentScale(window_, &across, &down);
  return std::clamp(std::max(across, down), 0.5F, 4.0F);
}
double Window::refresh_rate() const {
  GLFWmonitor* monitor = monitor_under(window_);
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  return mode == nullptr ? 60 : mode->refreshRate;
}
double Window::now_s() const {
  return glfwGetTime();
}

void Window::set_full_screen(bool full) {
  if (full == full_screen_) return;
  GLFWmonitor* monitor = monitor_under(window_);
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (full && mode != nullptr) {
    windowed_ = size_on_screen();
    glfwGetWindowPos(window_, &windowed_x_, &windowed_y_);
    glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    full_screen_ = true;
  } else if (!full) {
    glfwSetWindowMonitor(window_, nullptr, windowed_x_, windowed_y_, windowed_.width,
                         windowed_.height, GLFW_DONT_CARE);
    full_screen_ = false;
  }
}

// ---- Drawing ---------------------------------------------------------------------------------

void Window::upload_fonts() {
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Window::draw(Color ground, const std::function<void()>& draw) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  const Size pixels = size();
  glViewport(0, 0, pixels.width, pixels.height);
  clear(ground);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window_);
}

Picture Window::picture(Color ground) {
  const Size pixels = size();
  const OffScreen target(pixels.width, pixels.height);
  glViewport(0, 0, pixels.width, pixels.height);
  clear(ground);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  const auto row = static_cast<std::size_t>(pixels.width) * 3;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(pixels.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, pixels.width, pixels.height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
  Picture picture{pixels.width, pixels.height, {}};
  picture.rgb.reserve(upside_down.size());
  for (auto y = static_cast<std::size_t>(pixels.height); y-- > 0;) {
    const auto begin = upside_down.begin() + static_cast<std::ptrdiff_t>(y * row);
    picture.rgb.insert(picture.rgb.end(), begin, begin + static_cast<std::ptrdiff_t>(row));
  }
  return picture;
}

}  // namespace mailwalk::gui
