# What compiling may take of this computer's memory. Files are compiled in batches (CMakePresets.json),
# and a batch needs a gigabyte or a little more.

# From 128 MB on, g++ goes through its memory again and again for what it could give back: an eighth
# of the time of a build, for a quarter of the memory.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:--param=ggc-min-heapsize=800000>)
endif()

# No more compilers at once than there is room for.
cmake_host_system_information(RESULT memory_mb QUERY TOTAL_PHYSICAL_MEMORY)
math(EXPR room "${memory_mb} / 1500")
if(room LESS 1)
  set(room 1)
endif()
set_property(GLOBAL PROPERTY JOB_POOLS compile=${room})
set(CMAKE_JOB_POOL_COMPILE compile)
