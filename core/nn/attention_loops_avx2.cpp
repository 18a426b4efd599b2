#define S1_LOOPS avx2Loops
#define S1_LANES 8
#include "nn/attention_loops.inc"
