# The layers, what every target of ours shares, and how a layer is declared.

# From the bottom up: a file of sim/ includes only from its own layer and from those before it.
# tests/layers holds the sources to it.
set(MAILWALK_LAYERS base wire sasl tls mail smtp pop3 dns store journal net nodes world export cli)

add_library(mailwalk_warnings INTERFACE)
target_compile_options(mailwalk_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(MAILWALK_WERROR)
  target_compile_options(mailwalk_warnings INTERFACE -Werror)
endif()

add_library(mailwalk_sanitize INTERFACE)
if(MAILWALK_SANITIZE)
  target_compile_options(mailwalk_sanitize INTERFACE -fsanitize=${MAILWALK_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(mailwalk_sanitize INTERFACE -fsanitize=${MAILWALK_SANITIZE})
endif()
if(MAILWALK_FUZZ)
  target_compile_options(mailwalk_sanitize INTERFACE -fsanitize=fuzzer-no-link)
endif()

# mailwalk_layer(NAME SOURCES … [USES layer …] [LIBRARIES target …] [PRIVATE_LIBRARIES target …])
#
# A layer of sim/ as a static library mailwalk::NAME. USES names the layers it includes from; those
# which they use come along.
function(mailwalk_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "SOURCES;USES;LIBRARIES;PRIVATE_LIBRARIES")
  add_library(mailwalk_${name} STATIC ${layer_SOURCES})
  add_library(mailwalk::${name} ALIAS mailwalk_${name})
  target_include_directories(mailwalk_${name} PUBLIC ${PROJECT_SOURCE_DIR}/sim)
  set_property(GLOBAL PROPERTY MAILWALK_USES_${name} ${layer_USES})
  list(TRANSFORM layer_USES PREPEND mailwalk::)
  target_link_libraries(mailwalk_${name} PUBLIC ${layer_USES} ${layer_LIBRARIES} mailwalk_sanitize
                        PRIVATE ${layer_PRIVATE_LIBRARIES} mailwalk_warnings)
  if(name STREQUAL base)
    mailwalk_precompile(mailwalk_base sim/base/precompiled.hpp)
  else()
    mailwalk_share_precompiled(mailwalk_${name} mailwalk_base)
  endif()
endfunction()
