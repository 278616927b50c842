"""PNG files of every kind, and what Pillow and Keras make of images.

Run: KERAS_BACKEND=jax python3 tools/golden/image.py (keras 3.15, pillow 12). The files are written here, since Pillow cannot write them
all; wherever Pillow can read one, its pixels are compared with those that went in.
"""

import base64
import io
import json
import os
import struct
import zlib

import keras
import numpy as np
from PIL import Image

rng = np.random.default_rng(1)
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, contents):
    body = kind + contents
    return struct.pack(">I", len(contents)) + body + struct.pack(">I", zlib.crc32(body))


def pack_row(row, depth):
    """Samples of one row, [width * channels], as bytes."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = "".join(format(sample, f"0{depth}b") for sample in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filter_row(kind, row, above, bpp):
    out = bytearray([kind])
    for i, x in enumerate(row):
        a = row[i - bpp] if i >= bpp else 0
        b = above[i]
        c = above[i - bpp] if i >= bpp else 0
        out.append((x - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
    return bytes(out)


def scanlines(samples, depth, first):
    """Filtered rows of samples [height, width, channels], with each of the five filters in turn."""
    height, width, channels = samples.shape
    out, above = b"", None
    for i in range(height):
        row = pack_row(samples[i].reshape(-1), depth)
        out += filter_row((i + first) % 5, row, above or bytes(len(row)), max(1, channels * depth // 8))
        above = row
    return out


def write_png(samples, color_type, depth, interlaced, extra=()):
    height, width, _ = samples.shape
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(scanlines(p, depth, i) for i, p in enumerate(passes) if p.size)
    else:
        data = scanlines(samples, depth, 0)
    packed = zlib.compress(data, 9)
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced)))]
    parts += [chunk(kind, contents) for kind, contents in extra]
    parts += [chunk(b"IDAT", packed[:20]), chunk(b"IDAT", packed[20:]), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def to_byte(samples, depth):
    return np.floor(samples * 255 / (2**depth - 1) + 0.5).astype(np.uint8)


def pillow_pixels(png, mode=None):
    image = Image.open(io.BytesIO(png))
    image.load()
    pixels = np.asarray(image if mode is None else image.convert(mode))
    return pixels if pixels.ndim == 3 else pixels[..., None]


def png_case(color_type, depth, interlaced, transparent):
    samples = rng.integers(0, 2**depth, (6, 11, CHANNELS[color_type]))
    palette = rng.integers(0, 256, (2**depth, 3)).astype(np.uint8)
    alphas = rng.integers(0, 256, 2**depth - 1).astype(np.uint8)
    extra = [(b"tEXt", b"Title\0made for a test")]
    if color_type == 3:
        extra.append((b"PLTE", palette.tobytes()))
    if transparent:
        key = samples[2, 3]
        extra.append((b"tRNS", alphas.tobytes() if color_type == 3 else key.astype(">u2").tobytes()))
    png = write_png(samples, color_type, depth, interlaced, extra)

    if color_type == 3:
        pixels = palette[samples[..., 0]]
        if transparent:
            pixels = np.concatenate([pixels, np.append(alphas, 255).astype(np.uint8)[samples]], -1)
        assert np.array_equal(pillow_pixels(png, "RGBA" if transparent else "RGB"), pixels)
    else:
        pixels = to_byte(samples, depth)
        if transparent:
            alpha = np.where((samples == key).all(-1, keepdims=True), 0, 255).astype(np.uint8)
            pixels = np.concatenate([pixels, alpha], -1)
        if depth < 16:
            # 1-bit grey with a transparent color is beyond Pillow's conversion.
            mode = "L" if depth < 8 and not transparent else "RGBA" if transparent and color_type == 2 else None
            if not (color_type == 0 and transparent):
                assert np.array_equal(pillow_pixels(png, mode), pixels), (color_type, depth)
        elif color_type == 0:
            assert np.array_equal(pillow_pixels(png), samples)
    name = f"type {color_type}, {depth} bits" + (", interlaced" if interlaced else "") + (", transparent" if transparent else "")
    return {
        "name": name,
        "png": base64.b64encode(png).decode(),
        "shape": list(pixels.shape),
        "pixels": base64.b64encode(pixels.astype(np.uint8).tobytes()).decode(),
    }


def numbers(array):
    return [float(f"{value:.8g}") for value in np.asarray(array, np.float64).reshape(-1)]


pngs = [
    png_case(color_type, depth, interlaced, transparent)
    for color_type, depths in DEPTHS.items()
    for depth in depths
    for interlaced in (False, True)
    for transparent in ((False, True) if color_type in (0, 2, 3) else (False,))
]

source = rng.integers(0, 256, (9, 14, 3)).astype(np.uint8)
resized = []
for size in [(4, 5), (9, 14), (20, 30), (3, 28), (1, 1)]:
    for options in [
        {"method": "bilinear", "antialias": True},
        {"method": "bilinear", "antialias": False},
        {"method": "nearest"},
    ]:
        keras_options = {"interpolation": options["method"], "antialias": options.get("antialias", False)}
        image = keras.ops.image.resize(source.astype(np.float32)[None], size, **keras_options)[0]
        resized.append({"size": size, "options": options, "pixels": numbers(image)})
    for keep in ("pad", "crop"):
        image = keras.ops.image.resize(
            source.astype(np.float32)[None],
            size,
            interpolation="bilinear",
            antialias=True,
            fill_value=7.0,
            pad_to_aspect_ratio=keep == "pad",
            crop_to_aspect_ratio=keep == "crop",
        )[0]
        options = {"keepAspect": keep, **({"fill": 7} if keep == "pad" else {})}
        resized.append({"size": size, "options": options, "pixels": numbers(image)})

pillow = [
    {
        "size": size,
        "method": method,
        "pixels": np.asarray(
            Image.fromarray(source).resize((size[1], size[0]), getattr(Image.Resampling, method.upper()))
        ).reshape(-1).tolist(),
    }
    # Not 14 columns to 5: there the middle of the third lies between two pixels, and Pillow's running sum falls short of it.
    for size in [(4, 6), (20, 30), (3, 28)]
    for method in ("bilinear", "nearest")
]

golden = {
    "pngs": pngs,
    "source": {"shape": list(source.shape), "pixels": source.reshape(-1).tolist()},
    "resized": resized,
    "pillow": pillow,
    "grey": np.asarray(Image.fromarray(source).convert("L")).reshape(-1).tolist(),
}
with open(os.path.splitext(__file__)[0] + ".json", "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
