#define S1_LOOPS plainLoops
#define S1_LANES 4
#include "nn/attention_loops.inc"
