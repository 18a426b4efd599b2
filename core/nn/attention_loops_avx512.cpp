#define S1_LOOPS avx512Loops
#define S1_LANES 16
#include "nn/attention_loops.inc"
