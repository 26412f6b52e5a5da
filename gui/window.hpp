// The window on the screen: GLFW, OpenGL 3.3 and Dear ImGui's backends. Nothing of the run is here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "gui/frame_pacer.hpp"
#include "gui/keys.hpp"
#include "gui/picture.hpp"
#include "gui/theme.hpp"

struct GLFWwindow;

namespace mailwalk::gui {

struct WindowOptions {
  int width = 1600, height = 900;
  std::string title;
};

class Window {
 public:
  // An error if there is no screen, or no OpenGL 3.3 on it.
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // ---- Input
  // Returns when there is input, or the time is over.
  void wait(const Wait& wait);
  // Whether anything came in since the last call: keys, mouse, another size, exposure.
  bool take_input();
  std::vector<KeyStroke> take_strokes();
  std::vector<std::string> take_dropped_files();
  [[nodiscard]] bool wants_to_close() const;

  // ---- Size
  struct Size {
    int width, height;  // of the framebuffer, in pixels
  };
  [[nodiscard]] Size size() const;
  [[nodiscard]] Size size_on_screen() const;  // in the screen's own units, for asking again later
  [[nodiscard]] float content_scale() const;
  [[nodiscard]] double refresh_rate() const;
  [[nodiscard]] double now_s() const;  // since the program began
  void set_full_screen(bool full);

  // ---- Drawing
  // Takes the font atlas of the current ImGui context to the graphics card.
  void upload_fonts();
  // Calls draw between the begin and the end of an ImGui frame, and shows what came of it.
  void draw(Color ground, const std::function<void()>& draw);
  // The last frame again, into memory: whole, whatever lies over the window.
  Picture picture(Color ground);

 private:
  struct Input {
    std::vector<KeyStroke> strokes;
    std::vector<std::string> dropped_files;
    bool any = false;
  };

  explicit Window(GLFWwindow* window);
  void install_callbacks();
  static Input& input_of(GLFWwindow* window);

  GLFWwindow* window_;
  Input input_;
  Size windowed_{0, 0};  // before it filled the screen
  int windowed_x_ = 0, windowed_y_ = 0;
  bool full_screen_ = false;
};

}  // namespace mailwalk::gui
