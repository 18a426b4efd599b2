#!/usr/bin/env bash
# show1-train and the kernels' tests with all they need but LibTorch, for a machine that has PyTorch of the same version and
# nothing of ours:
#   app/train/pack.sh BUILD FILE.tar.xz      after: ninja -C BUILD show1-train s1_cuda test_nn_gpu test_cascade_gpu
# There: on-gpu.sh, or unpack and start with LD_LIBRARY_PATH=FOLDER:…/torch/lib.
set -euo pipefail
[ $# = 2 ] || { echo "usage: ${0##*/} BUILD FILE.tar.xz" >&2; exit 2; }
build=$1 file=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$build/core/nn/libs1_cuda.so" "$folder" # built where CUDA's compiler is
for program in app/train/show1-train tests/core/nn/test_nn_gpu tests/core/cascade/test_cascade_gpu; do
    strip -o "$folder/${program##*/}" "$build/$program"
    # What every system with PyTorch has stays out: the C and C++ libraries and LibTorch's own.
    ldd "$build/$program" | awk '/=> \//{print $3}' |
        grep -vE '/(libtorch|libc10|libgomp|libcudart|libcupti|libstdc\+\+|libgcc_s|libc|libm|libdl|libpthread|librt|libutil|libresolv)[._-]' |
        xargs cp -L -t "$folder"
done
tar -cJf "$file" -C "$folder" .
