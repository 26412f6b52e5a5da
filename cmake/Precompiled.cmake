# Headers that nearly every file includes are compiled once: reading them again for each file is a
# third of a clean build. Every file still includes what it uses, and builds without this.

# ccache cannot look into a precompiled header; where it is used, it saves that time itself.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(MAILWALK_PRECOMPILE OFF)
else()
  set(MAILWALK_PRECOMPILE ON)
endif()

# mailwalk_precompile(TARGET HEADER): compiles the header for this target and those that share it.
function(mailwalk_precompile target header)
  if(MAILWALK_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/${header})
  endif()
endfunction()

# mailwalk_share_precompiled(TARGET OWNER): both are compiled with the same options.
function(mailwalk_share_precompiled target owner)
  if(MAILWALK_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()
