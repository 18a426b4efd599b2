#!/usr/bin/env bash
# show1-train with all it needs but LibTorch, for a machine that has PyTorch of the same version and nothing of ours:
#   app/train/pack.sh BUILD FILE.tar.xz
# There: unpack, and start with LD_LIBRARY_PATH=FOLDER:…/torch/lib.
set -euo pipefail
[ $# = 2 ] || { echo "usage: ${0##*/} BUILD FILE.tar.xz" >&2; exit 2; }
build=$1 file=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
strip -o "$folder/show1-train" "$build/app/train/show1-train"
cp "$build/core/nn/libs1_cuda.so" "$folder" # built where CUDA's compiler is
# What every system with PyTorch has stays out: the C and C++ libraries and LibTorch's own.
ldd "$build/app/train/show1-train" | awk '/=> \//{print $3}' |
    grep -vE '/(libtorch|libc10|libgomp|libcudart|libcupti|libstdc\+\+|libgcc_s|libc|libm|libdl|libpthread|librt|libutil|libresolv)[._-]' |
    xargs cp -L -t "$folder"
tar -cJf "$file" -C "$folder" .
