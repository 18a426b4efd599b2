#!/usr/bin/env bash
# Parts of the embedded model, one after the other, on one GPU; run in the project's folder on a machine with PyTorch:
#   app/train/on-gpu.sh PACKED.tar.xz OUT [tests] keyframes=5.5 superres=1 …
# Each STAGE=MINUTES goes on from resources/models/toyland; OUT gets STAGE.safetensors and STAGE.log. EXTRA holds more options.
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: ${0##*/} PACKED.tar.xz OUT [tests] STAGE=MINUTES…" >&2; exit 2; }
packed=$1 out=$2
shift 2
work=$(mktemp -d)
mkdir -p "$out"
tar -xf "$packed" -C "$work"
torch=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))')
export LD_LIBRARY_PATH=$work:$torch/lib OMP_WAIT_POLICY=passive
declare -A part=([images]=images [keyframes]=base [interpolation]=interpolation [superres]=sr1 [translation]=sr2)
for run in "$@"; do
    stage=${run%%=*} minutes=${run#*=}
    if [ "$stage" = tests ]; then
        "$work/test_nn_gpu"
        "$work/test_cascade_gpu"
        continue
    fi
    # shellcheck disable=SC2086  # EXTRA is several words
    "$work/show1-train" "$stage" --minutes "$minutes" --init resources/models/toyland --device cuda --dtype bf16 --batch-times 16 \
        ${EXTRA:-} -o "$work/model" 2>&1 | tee "$out/$stage.log"
    cp "$work/model/${part[$stage]}/unet/diffusion_pytorch_model.safetensors" "$out/$stage.safetensors"
done
