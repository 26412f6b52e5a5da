# Every library from outside, found here and nowhere else.
include(FetchContent)

# mailwalk_dependency(NAME GIT_REPOSITORY url GIT_TAG commit)
#
# The system's own library if it has one. If not, the pinned version is downloaded and built along,
# so that a machine without Debian's packages, or without the right to install them, does as well.
# A macro, because what find_package sets (such as Catch2's module path) has to reach the caller.
macro(mailwalk_dependency name)
  find_package(${name} QUIET)
  if(NOT ${name}_FOUND)
    if(NOT MAILWALK_FETCH_MISSING)
      message(FATAL_ERROR "The library ${name} is not installed. Install it, or configure with "
                          "-DMAILWALK_FETCH_MISSING=ON to have it downloaded.")
    endif()
    message(STATUS "${name} is not installed: downloading it")
    FetchContent_Declare(${name} SYSTEM ${ARGN})
    FetchContent_MakeAvailable(${name})
  endif()
endmacro()

mailwalk_dependency(fmt
                    GIT_REPOSITORY https://github.com/fmtlib/fmt.git
                    GIT_TAG e69e5f977d458f2650bb346dadf2ad30c5320281)  # 10.2.1
mailwalk_dependency(CLI11
                    GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git
                    GIT_TAG f4d0731cebb123ff0ace712c099dffbcd2c58e5a)  # 2.4.1
mailwalk_dependency(tomlplusplus
                    GIT_REPOSITORY https://github.com/marzer/tomlplusplus.git
                    GIT_TAG 30172438cee64926dc41fdd9c11fb3ba5b2ba9de)  # 3.4.0
mailwalk_dependency(nlohmann_json
                    GIT_REPOSITORY https://github.com/nlohmann/json.git
                    GIT_TAG 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03)  # 3.11.3
if(MAILWALK_TESTS)
  mailwalk_dependency(Catch2
                      GIT_REPOSITORY https://github.com/catchorg/Catch2.git
                      GIT_TAG fa43b77429ba76c462b1898d6cd2f2d7a9416b14)  # 3.7.1
  if(DEFINED catch2_SOURCE_DIR)
    list(APPEND CMAKE_MODULE_PATH ${catch2_SOURCE_DIR}/extras)  # catch_discover_tests
  endif()
endif()

# These are the system's: their security fixes come with its updates.
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)  # a recording is written in one of its own
find_package(Boost 1.81 REQUIRED)  # only headers: Asio
