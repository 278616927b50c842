"""PyTorch as a driver: a plain training loop over tensors in memory, channels last, with the fused optimizers."""

import torch
from driver import Cannot, Work, arguments, ends, read, read_inputs, read_weights, serve
from pytorch_networks import NETWORKS
from torch.nn import functional as F

# PyTorch is told how many threads to have, and needs no fewer processors for it.
given = arguments(pin=False)
if given.threads:
    torch.set_num_threads(given.threads)


def images_first(x):
    """Images `[batch, height, width, channels]` as PyTorch addresses them, their memory left as it is; other inputs as they are."""
    return x.permute(0, 3, 1, 2) if x.dim() == 4 else x


def network(task):
    return NETWORKS[task["network"]](task, read_weights(task))


def optimizer_of(task, parameters):
    rule = task["optimizer"]
    if rule["name"] == "adam":
        return torch.optim.Adam(parameters, lr=rule["learningRate"], eps=1e-7, fused=True)
    return torch.optim.SGD(parameters, lr=rule["learningRate"], momentum=rule["momentum"], fused=True)


def training(task):
    x = torch.from_numpy(read_inputs(task))
    y = torch.from_numpy(read(task["y"]))
    # Indices are 64 bits wide in PyTorch.
    x = x if x.is_floating_point() else x.long()
    binary = task["loss"] == "binary"
    y = y.float() if binary else y.long()
    model = network(task).train()
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = optimizer_of(task, parameters)
    loss_of = F.binary_cross_entropy_with_logits if binary else F.cross_entropy
    size = task["batchSize"]

    def step(rows):
        loss = loss_of(model(images_first(x[rows])), y[rows])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss

    def run(units):
        left = units
        while left > 0:
            for rows in torch.randperm(len(x)).split(size)[:left]:
                step(rows)
                left -= 1

    first = torch.arange(size)
    check = [] if task["dropout"] else [step(first).item(), step(first).item()]
    return Work(run, check, parameters=sum(parameter.numel() for parameter in parameters))


def prediction(task):
    model = network(task).eval()
    image = read_inputs(task)[:1]

    def once():
        with torch.inference_mode():
            return torch.softmax(model(images_first(torch.from_numpy(image))), -1).numpy()

    return Work(repeat(once), list(once()[0, :2]), parameters=sum(parameter.numel() for parameter in model.parameters()))


def repeat(once):
    def run(units):
        for _ in range(units):
            once()

    return run


def product(task):
    a, b = torch.from_numpy(read(task["a"])), torch.from_numpy(read(task["b"]))
    out = torch.empty(task["size"], task["size"])

    def once():
        with torch.inference_mode():
            return torch.matmul(a, b, out=out)

    return Work(repeat(once), ends(once().numpy()))


def same_padding(task):
    """Padding in front and after, as TensorFlow's SAME has it."""
    if task["padding"] == "valid":
        return 0, 0
    size, kernel, stride = task["x"]["shape"][1], task["filter"]["shape"][0], task["stride"]
    total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
    return total // 2, total - total // 2


def convolution(task):
    x = images_first(torch.from_numpy(read(task["x"])))
    dy = images_first(torch.from_numpy(read(task["dy"])))
    weight = torch.from_numpy(read(task["filter"]).transpose(3, 2, 0, 1).copy()).contiguous(memory_format=torch.channels_last)
    before, after = same_padding(task)
    stride = [task["stride"]] * 2
    # Where SAME is not symmetrical, the padding is an array of its own, and its gradient a slice.
    uneven = before != after
    padding = [0, 0] if uneven else [before] * 2
    size = x.shape[2]

    def padded():
        return F.pad(x, (before, after, before, after)) if uneven else x

    def forward():
        with torch.inference_mode():
            return F.conv2d(padded(), weight, stride=stride, padding=padding)

    def backward():
        with torch.inference_mode():
            dx, dw, _ = torch.ops.aten.convolution_backward(
                dy, padded(), weight, None, stride, padding, [1, 1], False, [0, 0], 1, [True, True, False]
            )
            return (dx[:, :, before : before + size, before : before + size] if uneven else dx), dw

    if task["direction"] == "forward":
        return Work(repeat(forward), ends(forward().permute(0, 2, 3, 1).numpy()))
    dx, dw = backward()
    return Work(repeat(backward), ends(dx.permute(0, 2, 3, 1).numpy(), dw.permute(2, 3, 1, 0).numpy()))


KINDS = {"train": training, "predict": prediction, "matmul": product, "conv2d": convolution}


def prepare(task, _threads):
    if task["kind"] not in KINDS:
        raise Cannot(f"this driver knows no {task['kind']}")
    return KINDS[task["kind"]](task)


serve(f"PyTorch {torch.__version__}", prepare)
