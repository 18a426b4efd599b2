#include "nn/attention_loops.h"

namespace s1::nn {

extern const AttentionLoops plainLoops;
#ifdef S1_LOOPS_FOR_X86
extern const AttentionLoops avx2Loops, avx512Loops;
#endif

const AttentionLoops& attentionLoops() {
#ifdef S1_LOOPS_FOR_X86
    static const AttentionLoops& best = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") ? avx512Loops
                                        : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")                                                                                     ? avx2Loops
                                                                                                                                                                                             : plainLoops;
    return best;
#else
    return plainLoops;
#endif
}

} // namespace s1::nn
