#!/usr/bin/env python3
"""start_time.py BUILD [RUNS]: milliseconds from starting show1-studio to its first full picture, with 30 GB and more registered.

The set is sparse (truncate): 35 GB to every stat, nothing on the disk. Xvfb keeps its screen in a file, and the
picture is there when a quarter of its pixels are no longer the root window's black.
"""
import json
import mmap
import os
import pathlib
import subprocess
import sys
import tempfile
import time

CLASSES = {
    "show-1-base": "TextToVideoIFPipeline",
    "show-1-interpolation": "TextToVideoIFInterpPipeline",
    "IF-II-L-v1.0": "IFSuperResolutionPipeline",
    "show-1-sr1": "TextToVideoIFSuperResolutionPipeline_Cond",
    "show-1-sr2": "VideoToVideoSDPipeline",
}
CONFIGS = """scheduler/scheduler_config.json image_noising_scheduler/scheduler_config.json text_encoder/config.json
tokenizer/spiece.model tokenizer/merges.txt tokenizer/vocab.json unet/config.json vae/config.json""".split()
WEIGHTS = {"unet/diffusion_pytorch_model.safetensors": 3, "text_encoder/model.safetensors": 3,
           "vae/diffusion_pytorch_model.safetensors": 1}  # GB, five times: 35
WIDTH, HEIGHT = 1600, 1000


def write_sparse_set(folder):
    for name, kind in CLASSES.items():
        part = folder / name
        for path in CONFIGS + list(WEIGHTS):
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_text("{}")
        (part / "model_index.json").write_text(json.dumps({"_class_name": kind}))
        for path, gigabytes in WEIGHTS.items():
            os.truncate(part / path, gigabytes * 10**9)


def waited(process):
    """Milliseconds that the window's thread was ready and other programs had the processors."""
    return int(pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/schedstat").read_text().split()[1]) / 1e6


def sample(screen):
    return bytes(memoryview(screen)[-WIDTH * HEIGHT * 4::1020])  # a byte of every 255th pixel


def time_one_start(program, environment, screen):
    begin = time.monotonic()
    window = subprocess.Popen([program, "--profile", environment["XDG_CONFIG_HOME"]], env=environment,
                              stderr=subprocess.DEVNULL)
    try:
        while True:
            if window.poll() is not None or time.monotonic() - begin > 30:
                sys.exit("the window did not come up")
            now = sample(screen)
            if len(now) - now.count(0) > len(now) / 4:
                return 1000 * (time.monotonic() - begin), waited(window)
            time.sleep(0.01)
    finally:
        time.sleep(1)  # as somebody would: what starts in the background has started
        window.terminate()
        window.wait()
        time.sleep(0.5)  # until the screen is black again


def main():
    build, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        environment = os.environ | {"XDG_DATA_HOME": str(scratch / "data"), "XDG_CONFIG_HOME": str(scratch / "config"),
                                    "XDG_CACHE_HOME": str(scratch / "cache"), "OMP_WAIT_POLICY": "passive"}
        write_sparse_set(scratch / "set")
        subprocess.run([build / "app/cli/show1-cli", "models", "add", scratch / "set"], env=environment, check=True,
                       stdout=subprocess.DEVNULL)
        display = f":{90 + os.getpid() % 100}"
        server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", scratch],
                                  stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            with open(scratch / "Xvfb_screen0", "rb") as file:
                screen = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
                for run in range(runs):
                    painted, waiting = time_one_start(build / "app/gui/show1-studio", environment, screen)
                    print(f"run {run + 1}: first picture after {painted:.0f} ms, {waiting:.0f} ms of them without a "
                          "processor", flush=True)
        finally:
            server.terminate()
            server.wait()


main()
