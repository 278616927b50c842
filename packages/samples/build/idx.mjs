// The IDX format of the MNIST data sets: 0, 0, element type, rank, then big-endian sizes and values.
const sizes = { 8: 1, 11: 2, 12: 4 };

/**
 * @param {0x08 | 0x0b | 0x0c} type uint8, int16 or int32
 * @param {readonly number[]} shape
 * @param {ArrayLike<number>} values row-major
 * @returns {Buffer}
 */
export function encodeIdx(type, shape, values) {
  const width = sizes[type];
  const header = 4 + 4 * shape.length;
  const bytes = Buffer.alloc(header + width * values.length);
  bytes.writeUInt8(type, 2);
  bytes.writeUInt8(shape.length, 3);
  shape.forEach((size, axis) => {
    bytes.writeUInt32BE(size, 4 + 4 * axis);
  });
  for (let i = 0; i < values.length; i++) {
    if (width === 1) bytes.writeUInt8(values[i], header + i);
    else if (width === 2) bytes.writeInt16BE(values[i], header + 2 * i);
    else bytes.writeInt32BE(values[i], header + 4 * i);
  }
  return bytes;
}
