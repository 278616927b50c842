// y = op(x), element by element. Arguments: x, y, elements, elements in a chunk (a multiple of 16), the op, and the op's own numbers p and
// q, if it has any. y may be x. The last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.
import { floatAt, intAt, pointerAt } from '../job';
import { expm1, mapElu, mapExponentials, tanh } from '../math/exp';
import { erf } from '../math/erf';
import { log, log1p, softplus } from '../math/log';
import { cos, sin, tan } from '../math/trigonometry';
import { acos, acosh, asin, asinh, atan, atanh, cosh, joined, lower, sinh, upper } from '../math/wide';

const ABS: i32 = 0;
const NEGATE: i32 = 1;
const RELU: i32 = 2;
const RELU6: i32 = 3;
const LEAKY_RELU: i32 = 4;
const STEP: i32 = 5;
const CLIP: i32 = 6;
const SQUARE: i32 = 7;
const SQRT: i32 = 8;
const RSQRT: i32 = 9;
const RECIPROCAL: i32 = 10;
const FLOOR: i32 = 11;
const CEIL: i32 = 12;
const ROUND: i32 = 13;
const SIGN: i32 = 14;
const ABS_I32: i32 = 15;
const NEGATE_I32: i32 = 16;
const SQUARE_I32: i32 = 17;
/** Ops from here on cost so much that their loops need no unrolling: each has one of its own. */
const EXP: i32 = 18;
const EXPM1: i32 = 19;
const LOG: i32 = 20;
const LOG1P: i32 = 21;
const TANH: i32 = 22;
const SIGMOID: i32 = 23;
const SOFTPLUS: i32 = 24;
const ELU: i32 = 25;
const ERF: i32 = 26;
const SIN: i32 = 27;
const COS: i32 = 28;
const TAN: i32 = 29;
const ASIN: i32 = 30;
const ACOS: i32 = 31;
const ATAN: i32 = 32;
const SINH: i32 = 33;
const COSH: i32 = 34;
const ASINH: i32 = 35;
const ACOSH: i32 = 36;
const ATANH: i32 = 37;

/** x where it is positive or NaN, else 0, never −0. */
// @ts-ignore: decorator
@inline
function positivePart(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(0));
}

/** `op` is a constant, so that one branch remains; `p` and `q` are the op's own numbers. */
// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128, p: v128, q: v128): v128 {
  if (op == ABS) return f32x4.abs(x);
  if (op == NEGATE) return f32x4.neg(x);
  if (op == RELU) return positivePart(x);
  if (op == RELU6) return f32x4.pmin(positivePart(x), f32x4.splat(6));
  if (op == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, p), x, f32x4.lt(x, f32x4.splat(0)));
  if (op == STEP) return v128.or(v128.bitselect(f32x4.splat(1), p, f32x4.gt(x, f32x4.splat(0))), f32x4.ne(x, x));
  if (op == CLIP) return f32x4.pmax(f32x4.pmin(x, q), p);
  if (op == SQUARE) return f32x4.mul(x, x);
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (op == RECIPROCAL) return f32x4.div(f32x4.splat(1), x);
  if (op == FLOOR) return f32x4.floor(x);
  if (op == CEIL) return f32x4.ceil(x);
  if (op == ROUND) return f32x4.nearest(x);
  if (op == SIGN) {
    const zero = f32x4.splat(0);
    return v128.or(v128.and(f32x4.gt(x, zero), f32x4.splat(1)), v128.and(f32x4.lt(x, zero), f32x4.splat(-1)));
  }
  if (op == ABS_I32) return i32x4.abs(x);
  if (op == NEGATE_I32) return i32x4.neg(x);
  return i32x4.mul(x, x);
}

// @ts-ignore: decorator
@inline
function map(op: i32, x: usize, y: usize, end: usize, p: v128, q: v128): void {
  for (; x < end; x += 64, y += 64) {
    v128.store(y, apply(op, v128.load(x), p, q));
    v128.store(y, apply(op, v128.load(x, 16), p, q), 16);
    v128.store(y, apply(op, v128.load(x, 32), p, q), 32);
    v128.store(y, apply(op, v128.load(x, 48), p, q), 48);
  }
}

// One function an op: a single one of all would take the compiler minutes.

function mapAbs(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ABS, x, y, end, p, q);
}
function mapNegate(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(NEGATE, x, y, end, p, q);
}
function mapRelu(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(RELU, x, y, end, p, q);
}
function mapRelu6(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(RELU6, x, y, end, p, q);
}
function mapLeakyRelu(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(LEAKY_RELU, x, y, end, p, q);
}
function mapStep(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(STEP, x, y, end, p, q);
}
function mapClip(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(CLIP, x, y, end, p, q);
}
function mapSquare(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SQUARE, x, y, end, p, q);
}
function mapSqrt(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SQRT, x, y, end, p, q);
}
function mapRsqrt(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(RSQRT, x, y, end, p, q);
}
function mapReciprocal(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(RECIPROCAL, x, y, end, p, q);
}
function mapFloor(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(FLOOR, x, y, end, p, q);
}
function mapCeil(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(CEIL, x, y, end, p, q);
}
function mapRound(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ROUND, x, y, end, p, q);
}
function mapSign(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SIGN, x, y, end, p, q);
}
function mapAbsI32(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ABS_I32, x, y, end, p, q);
}
function mapNegateI32(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(NEGATE_I32, x, y, end, p, q);
}
function mapSquareI32(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SQUARE_I32, x, y, end, p, q);
}
function mapExp(x: usize, y: usize, end: usize): void {
  mapExponentials(false, x, y, end);
}
function mapExpm1(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, expm1(v128.load(x)));
}
function mapLog(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, log(v128.load(x)));
}
function mapLog1p(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, log1p(v128.load(x)));
}
function mapTanh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, tanh(v128.load(x)));
}
function mapSigmoid(x: usize, y: usize, end: usize): void {
  mapExponentials(true, x, y, end);
}
function mapSoftplus(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, softplus(v128.load(x)));
}
function mapErf(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, erf(v128.load(x)));
}
function mapSin(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(sin(lower(v128.load(x))), sin(upper(v128.load(x)))));
}
function mapCos(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(cos(lower(v128.load(x))), cos(upper(v128.load(x)))));
}
function mapTan(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(tan(lower(v128.load(x))), tan(upper(v128.load(x)))));
}
function mapAsin(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(asin(lower(v128.load(x))), asin(upper(v128.load(x)))));
}
function mapAcos(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(acos(lower(v128.load(x))), acos(upper(v128.load(x)))));
}
function mapAtan(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(atan(lower(v128.load(x))), atan(upper(v128.load(x)))));
}
function mapSinh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(sinh(lower(v128.load(x))), sinh(upper(v128.load(x)))));
}
function mapCosh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(cosh(lower(v128.load(x))), cosh(upper(v128.load(x)))));
}
function mapAsinh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(asinh(lower(v128.load(x))), asinh(upper(v128.load(x)))));
}
function mapAcosh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(acosh(lower(v128.load(x))), acosh(upper(v128.load(x)))));
}
function mapAtanh(x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16, y += 16) v128.store(y, joined(atanh(lower(v128.load(x))), atanh(upper(v128.load(x)))));
}

/** Runs op number `intAt(job, 4)` over a chunk. */
export function unary(job: usize, chunk: i32, thread: i32): void {
  const chunkLength = intAt(job, 3);
  const offset = (<usize>chunk * <usize>chunkLength) << 2;
  const x = pointerAt(job, 0) + offset;
  const y = pointerAt(job, 1) + offset;
  const end = x + (<usize>min(chunkLength, intAt(job, 2) - chunk * chunkLength) << 2);
  const p = f32x4.splat(floatAt(job, 5));
  const q = f32x4.splat(floatAt(job, 6));
  switch (intAt(job, 4)) {
    case ABS:
      mapAbs(x, y, end, p, q);
      break;
    case NEGATE:
      mapNegate(x, y, end, p, q);
      break;
    case RELU:
      mapRelu(x, y, end, p, q);
      break;
    case RELU6:
      mapRelu6(x, y, end, p, q);
      break;
    case LEAKY_RELU:
      mapLeakyRelu(x, y, end, p, q);
      break;
    case STEP:
      mapStep(x, y, end, p, q);
      break;
    case CLIP:
      mapClip(x, y, end, p, q);
      break;
    case SQUARE:
      mapSquare(x, y, end, p, q);
      break;
    case SQRT:
      mapSqrt(x, y, end, p, q);
      break;
    case RSQRT:
      mapRsqrt(x, y, end, p, q);
      break;
    case RECIPROCAL:
      mapReciprocal(x, y, end, p, q);
      break;
    case FLOOR:
      mapFloor(x, y, end, p, q);
      break;
    case CEIL:
      mapCeil(x, y, end, p, q);
      break;
    case ROUND:
      mapRound(x, y, end, p, q);
      break;
    case SIGN:
      mapSign(x, y, end, p, q);
      break;
    case ABS_I32:
      mapAbsI32(x, y, end, p, q);
      break;
    case NEGATE_I32:
      mapNegateI32(x, y, end, p, q);
      break;
    case SQUARE_I32:
      mapSquareI32(x, y, end, p, q);
      break;
    case EXP:
      mapExp(x, y, end);
      break;
    case EXPM1:
      mapExpm1(x, y, end);
      break;
    case LOG:
      mapLog(x, y, end);
      break;
    case LOG1P:
      mapLog1p(x, y, end);
      break;
    case TANH:
      mapTanh(x, y, end);
      break;
    case SIGMOID:
      mapSigmoid(x, y, end);
      break;
    case SOFTPLUS:
      mapSoftplus(x, y, end);
      break;
    case ELU:
      mapElu(x, y, end, p, q);
      break;
    case ERF:
      mapErf(x, y, end);
      break;
    case SIN:
      mapSin(x, y, end);
      break;
    case COS:
      mapCos(x, y, end);
      break;
    case TAN:
      mapTan(x, y, end);
      break;
    case ASIN:
      mapAsin(x, y, end);
      break;
    case ACOS:
      mapAcos(x, y, end);
      break;
    case ATAN:
      mapAtan(x, y, end);
      break;
    case SINH:
      mapSinh(x, y, end);
      break;
    case COSH:
      mapCosh(x, y, end);
      break;
    case ASINH:
      mapAsinh(x, y, end);
      break;
    case ACOSH:
      mapAcosh(x, y, end);
      break;
    case ATANH:
      mapAtanh(x, y, end);
      break;
  }
}
