// y = op(x), element by element. Arguments of all kernels here: x, y, elements, elements in a chunk (a multiple of 16), the op, and the
// op's own numbers p and q, if it has any. y may be x. The last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.
import { floatAt, intAt, pointerAt } from '../job';
import { exp, expm1, sigmoid, tanh } from '../math/exp';
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
/** Ops from here on cost so much that their loops need no unrolling. */
const HEAVY: i32 = 18;
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
  if (op == SQUARE_I32) return i32x4.mul(x, x);
  if (op == EXP) return exp(x);
  if (op == EXPM1) return expm1(x);
  if (op == LOG) return log(x);
  if (op == LOG1P) return log1p(x);
  if (op == TANH) return tanh(x);
  if (op == SIGMOID) return sigmoid(x);
  if (op == SOFTPLUS) return softplus(x);
  if (op == ERF) return erf(x);
  if (op == SIN) return joined(sin(lower(x)), sin(upper(x)));
  if (op == COS) return joined(cos(lower(x)), cos(upper(x)));
  if (op == TAN) return joined(tan(lower(x)), tan(upper(x)));
  if (op == ASIN) return joined(asin(lower(x)), asin(upper(x)));
  if (op == ACOS) return joined(acos(lower(x)), acos(upper(x)));
  if (op == ATAN) return joined(atan(lower(x)), atan(upper(x)));
  if (op == SINH) return joined(sinh(lower(x)), sinh(upper(x)));
  if (op == COSH) return joined(cosh(lower(x)), cosh(upper(x)));
  if (op == ASINH) return joined(asinh(lower(x)), asinh(upper(x)));
  if (op == ACOSH) return joined(acosh(lower(x)), acosh(upper(x)));
  if (op == ATANH) return joined(atanh(lower(x)), atanh(upper(x)));
  // ELU, whose side above 0 is p·x, and below it q·expm1(x).
  return v128.bitselect(f32x4.mul(x, p), f32x4.mul(expm1(x), q), f32x4.ge(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function map(op: i32, x: usize, y: usize, end: usize, p: v128, q: v128): void {
  if (op >= HEAVY) {
    for (; x < end; x += 16, y += 16) v128.store(y, apply(op, v128.load(x), p, q));
  } else {
    for (; x < end; x += 64, y += 64) {
      v128.store(y, apply(op, v128.load(x), p, q));
      v128.store(y, apply(op, v128.load(x, 16), p, q), 16);
      v128.store(y, apply(op, v128.load(x, 32), p, q), 32);
      v128.store(y, apply(op, v128.load(x, 48), p, q), 48);
    }
  }
}

// One function an op: in one of them all, the compiler would lose itself.

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
function mapExp(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(EXP, x, y, end, p, q);
}
function mapExpm1(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(EXPM1, x, y, end, p, q);
}
function mapLog(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(LOG, x, y, end, p, q);
}
function mapLog1p(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(LOG1P, x, y, end, p, q);
}
function mapTanh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(TANH, x, y, end, p, q);
}
function mapSigmoid(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SIGMOID, x, y, end, p, q);
}
function mapSoftplus(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SOFTPLUS, x, y, end, p, q);
}
function mapElu(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ELU, x, y, end, p, q);
}
function mapErf(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ERF, x, y, end, p, q);
}
function mapSin(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SIN, x, y, end, p, q);
}
function mapCos(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(COS, x, y, end, p, q);
}
function mapTan(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(TAN, x, y, end, p, q);
}
function mapAsin(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ASIN, x, y, end, p, q);
}
function mapAcos(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ACOS, x, y, end, p, q);
}
function mapAtan(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ATAN, x, y, end, p, q);
}
function mapSinh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(SINH, x, y, end, p, q);
}
function mapCosh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(COSH, x, y, end, p, q);
}
function mapAsinh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ASINH, x, y, end, p, q);
}
function mapAcosh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ACOSH, x, y, end, p, q);
}
function mapAtanh(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  map(ATANH, x, y, end, p, q);
}

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
      mapExp(x, y, end, p, q);
      break;
    case EXPM1:
      mapExpm1(x, y, end, p, q);
      break;
    case LOG:
      mapLog(x, y, end, p, q);
      break;
    case LOG1P:
      mapLog1p(x, y, end, p, q);
      break;
    case TANH:
      mapTanh(x, y, end, p, q);
      break;
    case SIGMOID:
      mapSigmoid(x, y, end, p, q);
      break;
    case SOFTPLUS:
      mapSoftplus(x, y, end, p, q);
      break;
    case ELU:
      mapElu(x, y, end, p, q);
      break;
    case ERF:
      mapErf(x, y, end, p, q);
      break;
    case SIN:
      mapSin(x, y, end, p, q);
      break;
    case COS:
      mapCos(x, y, end, p, q);
      break;
    case TAN:
      mapTan(x, y, end, p, q);
      break;
    case ASIN:
      mapAsin(x, y, end, p, q);
      break;
    case ACOS:
      mapAcos(x, y, end, p, q);
      break;
    case ATAN:
      mapAtan(x, y, end, p, q);
      break;
    case SINH:
      mapSinh(x, y, end, p, q);
      break;
    case COSH:
      mapCosh(x, y, end, p, q);
      break;
    case ASINH:
      mapAsinh(x, y, end, p, q);
      break;
    case ACOSH:
      mapAcosh(x, y, end, p, q);
      break;
    case ATANH:
      mapAtanh(x, y, end, p, q);
      break;
  }
}
