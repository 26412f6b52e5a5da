# A rebuild after `git switch` takes seconds with ccache, so it is used where it is installed.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(MAILWALK_CCACHE ccache)
  mark_as_advanced(MAILWALK_CCACHE)
  if(MAILWALK_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${MAILWALK_CCACHE})
  endif()
endif()
