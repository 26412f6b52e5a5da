# What only the window needs: GLFW, Dear ImGui, OpenGL 3.3 (its loader made by glad), stb.
#
# Sets MAILWALK_HAS_WINDOW. Where something cannot be found or downloaded, everything else is built
# all the same, and the reason is told; -DMAILWALK_WINDOW=REQUIRED (CI) makes that an error.
set(MAILWALK_WINDOW AUTO CACHE STRING "Build the window: AUTO, REQUIRED or OFF")
set_property(CACHE MAILWALK_WINDOW PROPERTY STRINGS AUTO REQUIRED OFF)

# mailwalk_window_needs(WHAT PACKAGE): the window cannot be built.
macro(mailwalk_window_needs what package)
  set(MAILWALK_HAS_WINDOW OFF)
  set(mailwalk_window_text "The window needs ${what} (Debian: ${package}).")
  if(MAILWALK_WINDOW STREQUAL "REQUIRED")
    message(FATAL_ERROR "${mailwalk_window_text}")
  endif()
  message(WARNING "${mailwalk_window_text} Going on without the window.")
endmacro()

# Dear ImGui with its backends as mailwalk_imgui: the system's, or a pinned version built along.
# Freetype draws small text better than ImGui's own rasterizer; without it the latter is used.
macro(mailwalk_find_imgui)
  find_package(Freetype QUIET)
  find_package(PkgConfig QUIET)
  if(PKG_CONFIG_FOUND)
    pkg_check_modules(IMGUI QUIET IMPORTED_TARGET imgui)
  endif()
  if(IMGUI_FOUND)
    add_library(mailwalk_imgui INTERFACE)
    target_link_libraries(mailwalk_imgui INTERFACE PkgConfig::IMGUI)
  else()
    message(STATUS "imgui is not installed: downloading it")
    FetchContent_Declare(imgui SYSTEM
                         GIT_REPOSITORY https://github.com/ocornut/imgui.git GIT_TAG v1.90.1)
    FetchContent_MakeAvailable(imgui)
    file(GLOB imgui_sources ${imgui_SOURCE_DIR}/imgui*.cpp)
    add_library(mailwalk_imgui STATIC ${imgui_sources}
                ${imgui_SOURCE_DIR}/backends/imgui_impl_glfw.cpp
                ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp
                $<$<BOOL:${FREETYPE_FOUND}>:${imgui_SOURCE_DIR}/misc/freetype/imgui_freetype.cpp>)
    target_include_directories(mailwalk_imgui SYSTEM PUBLIC ${imgui_SOURCE_DIR}
                               ${imgui_SOURCE_DIR}/backends ${imgui_SOURCE_DIR}/misc/freetype)
    target_link_libraries(mailwalk_imgui PUBLIC glfw ${CMAKE_DL_LIBS})
  endif()
  if(FREETYPE_FOUND)
    target_link_libraries(mailwalk_imgui INTERFACE Freetype::Freetype)
    target_compile_definitions(mailwalk_imgui INTERFACE MAILWALK_HAS_FREETYPE)
  endif()
endmacro()

set(MAILWALK_HAS_WINDOW ON)
if(MAILWALK_WINDOW STREQUAL "OFF")
  set(MAILWALK_HAS_WINDOW OFF)
  return()
endif()

find_package(OpenGL QUIET COMPONENTS OpenGL)
find_program(MAILWALK_GLAD glad)
find_path(MAILWALK_STB stb_image_write.h PATH_SUFFIXES stb)
mark_as_advanced(MAILWALK_GLAD MAILWALK_STB)
if(NOT TARGET OpenGL::OpenGL)
  mailwalk_window_needs("OpenGL" libopengl-dev)
elseif(NOT MAILWALK_GLAD)
  mailwalk_window_needs("glad, which makes the loader for OpenGL" python3-glad)
elseif(NOT MAILWALK_STB)
  mailwalk_window_needs("stb_image_write.h" libstb-dev)
else()
  mailwalk_dependency(glfw3
                      GIT_REPOSITORY https://github.com/glfw/glfw.git
                      GIT_TAG 3.3.8)
  mailwalk_find_imgui()
endif()
