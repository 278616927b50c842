"""The benchmark's networks in PyTorch, with weights in Keras' layouts made its own."""

import math

import torch
from positions import positions
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, STEPS, LAYERS = 128, 4, 64, 2


def tensor(array):
    return torch.from_numpy(array.copy())


def load_dense(layer, weights):
    layer.weight.data = tensor(weights["kernel"].T)
    layer.bias.data = tensor(weights["bias"])


def load_convolution(layer, weights):
    layer.weight.data = tensor(weights["kernel"].transpose(3, 2, 0, 1)).contiguous(memory_format=torch.channels_last)
    if layer.bias is not None:
        layer.bias.data = tensor(weights["bias"])


def load_recurrent(layer, weights):
    """Keras and PyTorch have LSTM's gates in one order; PyTorch has a second bias, which stays zero and is not trained."""
    layer.weight_ih_l0.data = tensor(weights["kernel"].T)
    layer.weight_hh_l0.data = tensor(weights["recurrent_kernel"].T)
    layer.bias_ih_l0.data = tensor(weights["bias"])
    layer.bias_hh_l0.data.zero_()
    layer.bias_hh_l0.requires_grad_(False)


class FashionCnn(nn.Module):
    """Images `[batch, 1, 28, 28]`, channels last in memory, as everywhere in the course; features are flattened in that order."""

    def __init__(self, task, weights):
        super().__init__()
        self.convolution = nn.Conv2d(1, 10, 3, padding="same")
        self.dropout = nn.Dropout(task["dropout"]) if task["dropout"] else nn.Identity()
        self.hidden = nn.Linear(1960, 100)
        self.output = nn.Linear(100, 10)
        load_convolution(self.convolution, weights["conv2d"])
        load_dense(self.hidden, weights["dense"])
        load_dense(self.output, weights["dense_1"])

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.convolution(x)), 2)
        x = x.permute(0, 2, 3, 1).flatten(1)
        return self.output(F.relu(self.hidden(self.dropout(x))))


class Recurrent(nn.Module):
    """Ids `[batch, steps]`, one-hot or embedded, through recurrent cells, of which the last state counts."""

    def __init__(self, task, weights):
        super().__init__()
        self.one_hot = task["oneHot"]
        self.window = task["window"]
        if self.one_hot is None:
            self.embedding = nn.Embedding(1000, 32)
            self.embedding.weight.data = tensor(weights["embedding"]["embeddings"])
        inputs = self.one_hot or 32
        lstm = task["network"] == "embedding-lstm"
        units = 32 if self.one_hot else 8
        self.cells = nn.LSTM(inputs, units, batch_first=True) if lstm else nn.RNN(inputs, units, batch_first=True)
        load_recurrent(self.cells, weights["lstm" if lstm else "simple_rnn"])
        self.output = nn.Linear(units, 1)
        load_dense(self.output, weights["dense"])

    def forward(self, ids):
        x = self.embedding(ids) if self.one_hot is None else F.one_hot(ids, self.one_hot).float()
        state = None
        if self.window is not None:
            with torch.no_grad():
                _, state = self.cells(x[:, : -self.window])
            x = x[:, -self.window :]
        sequence, _ = self.cells(x, state)
        return self.output(sequence[:, -1])[:, 0]


class Lstm256(nn.Module):
    def __init__(self, _task, weights):
        super().__init__()
        self.cells = nn.LSTM(64, 256, batch_first=True)
        self.output = nn.Linear(256, 10)
        load_recurrent(self.cells, weights["lstm"])
        load_dense(self.output, weights["dense"])

    def forward(self, x):
        sequence, _ = self.cells(x)
        return self.output(sequence[:, -1])


class Convolved(nn.Module):
    """A convolution padded as TensorFlow's SAME, and batch normalization with Keras' constants."""

    def __init__(self, weights, place, inputs, outputs, kernel, stride):
        super().__init__()
        # Of an even size halved by 3×3, SAME puts the odd pixel after.
        self.pad = (0, 1, 0, 1) if stride == 2 and kernel == 3 else None
        padding = 0 if kernel == 1 or self.pad else 1
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
        load_convolution(self.convolution, weights[f"conv_{place}"])
        self.norm.weight.data = tensor(weights[f"norm_{place}"]["gamma"])
        self.norm.bias.data = tensor(weights[f"norm_{place}"]["beta"])

    def forward(self, x):
        return self.norm(self.convolution(F.pad(x, self.pad) if self.pad else x))


class Block(nn.Module):
    def __init__(self, weights, place, inputs, outputs):
        super().__init__()
        stride = 1 if inputs == outputs else 2
        self.inner = Convolved(weights, f"{place}_a", inputs, outputs, 3, stride)
        self.outer = Convolved(weights, f"{place}_b", outputs, outputs, 3, 1)
        self.shortcut = nn.Identity() if stride == 1 else Convolved(weights, f"{place}_s", inputs, outputs, 1, 2)

    def forward(self, x):
        return F.relu(self.outer(F.relu(self.inner(x))) + self.shortcut(x))


class Resnet20(nn.Module):
    def __init__(self, _task, weights):
        super().__init__()
        blocks, channels = [], 16
        for stage, outputs in enumerate([16, 32, 64]):
            for block in range(3):
                blocks.append(Block(weights, f"{stage + 1}_{block + 1}", channels, outputs))
                channels = outputs
        self.first = Convolved(weights, "0", 3, 16, 3, 1)
        self.blocks = nn.Sequential(*blocks)
        self.output = nn.Linear(64, 10)
        load_dense(self.output, weights["dense"])

    def forward(self, x):
        return self.output(self.blocks(F.relu(self.first(x))).mean((2, 3)))


class EncoderLayer(nn.Module):
    def __init__(self, weights, layer):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        parts = [weights[f"{name}_{layer}"] for name in ("query", "key", "value")]
        self.qkv.weight.data = torch.cat([tensor(part["kernel"].T) for part in parts])
        self.qkv.bias.data = torch.cat([tensor(part["bias"]) for part in parts])
        for name, (inputs, outputs) in {"output": (WIDTH, WIDTH), "wide": (WIDTH, 512), "narrow": (512, WIDTH)}.items():
            setattr(self, name, nn.Linear(inputs, outputs))
            load_dense(getattr(self, name), weights[f"{name}_{layer}"])
        self.norm_a, self.norm_b = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x):
        batch = x.shape[0]
        query, key, value = self.qkv(x).view(batch, STEPS, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        heads = F.scaled_dot_product_attention(query, key, value, scale=1 / math.sqrt(WIDTH // HEADS))
        x = self.norm_a(x + self.output(heads.transpose(1, 2).reshape(batch, STEPS, WIDTH)))
        return self.norm_b(x + self.narrow(F.relu(self.wide(x))))


class Transformer(nn.Module):
    def __init__(self, _task, weights):
        super().__init__()
        self.embedding = nn.Embedding(1000, WIDTH)
        self.embedding.weight.data = tensor(weights["embedding"]["embeddings"])
        self.register_buffer("positions", torch.from_numpy(positions(STEPS, WIDTH)))
        self.layers = nn.Sequential(*[EncoderLayer(weights, layer) for layer in range(LAYERS)])
        self.output = nn.Linear(WIDTH, 10)
        load_dense(self.output, weights["dense"])

    def forward(self, ids):
        return self.output(self.layers(self.embedding(ids) + self.positions).mean(1))


NETWORKS = {
    "fashion-cnn": FashionCnn,
    "one-hot-rnn": Recurrent,
    "embedding-rnn": Recurrent,
    "embedding-lstm": Recurrent,
    "resnet-20": Resnet20,
    "transformer": Transformer,
    "lstm-256": Lstm256,
}
