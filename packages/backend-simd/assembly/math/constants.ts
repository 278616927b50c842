import { CONSTANTS } from '../layout';

// The constants of exp, log and erf, each a float32 in memory. V8 makes a vector constant anew, by three instructions, wherever a loop uses
// it, and half of all instructions were such; from memory it takes one. The polynomials' coefficients are build/minimax.mjs'.

export const ONE: usize = CONSTANTS + 0;
export const HALF: usize = CONSTANTS + 4;
export const TWO_TO_23: usize = CONSTANTS + 8;
/** Where exp is 0 and Infinity in float32. */
export const LOWEST_EXPONENT: usize = CONSTANTS + 12;
export const HIGHEST_EXPONENT: usize = CONSTANTS + 16;
export const LOG2_E: usize = CONSTANTS + 20;
/** ln 2 in two parts: the first has 15 bits, so that its product with a binary exponent is exact. */
export const LN2_HIGH: usize = CONSTANTS + 24;
export const LN2_LOW: usize = CONSTANTS + 28;
/** 1.5 · 2²³: added to a small number, it leaves that number's nearest integer in the last bits of the sum. */
export const ROUNDER: usize = CONSTANTS + 32;
/** expm1(r) − r, by powers of r; the second has the factor 1/2. */
export const EXP_3: usize = CONSTANTS + 36;
export const EXP_4: usize = CONSTANTS + 40;
export const EXP_5: usize = CONSTANTS + 44;
export const EXP_6: usize = CONSTANTS + 48;
/** log(1 + f) − f + f²/2, by powers of f. */
export const LOG_3: usize = CONSTANTS + 52;
export const LOG_4: usize = CONSTANTS + 56;
export const LOG_5: usize = CONSTANTS + 60;
export const LOG_6: usize = CONSTANTS + 64;
export const LOG_7: usize = CONSTANTS + 68;
export const LOG_8: usize = CONSTANTS + 72;
export const LOG_9: usize = CONSTANTS + 76;
export const LOG_10: usize = CONSTANTS + 80;
export const LOG_11: usize = CONSTANTS + 84;
/** erf(x) − x, by powers of x. */
export const ERF_1: usize = CONSTANTS + 88;
export const ERF_3: usize = CONSTANTS + 92;
export const ERF_5: usize = CONSTANTS + 96;
export const ERF_7: usize = CONSTANTS + 100;
export const ERF_9: usize = CONSTANTS + 104;
export const ERF_11: usize = CONSTANTS + 108;
export const ERF_13: usize = CONSTANTS + 112;
/** log(erfc(x)), by powers of x. */
export const LOG_ERFC_0: usize = CONSTANTS + 116;
export const LOG_ERFC_1: usize = CONSTANTS + 120;
export const LOG_ERFC_2: usize = CONSTANTS + 124;
export const LOG_ERFC_3: usize = CONSTANTS + 128;
export const LOG_ERFC_4: usize = CONSTANTS + 132;
export const LOG_ERFC_5: usize = CONSTANTS + 136;
export const LOG_ERFC_6: usize = CONSTANTS + 140;
export const LOG_ERFC_7: usize = CONSTANTS + 144;
export const SIGN_BIT: usize = CONSTANTS + 148;
export const INFINITY: usize = CONSTANTS + 152;
export const NEGATIVE_INFINITY: usize = CONSTANTS + 156;
export const SMALLEST_NORMAL: usize = CONSTANTS + 160;
/** From here on tanh is 1, expm1 −1, erf 1 in float32. */
export const TANH_LIMIT: usize = CONSTANTS + 164;
export const EXPM1_LIMIT: usize = CONSTANTS + 168;
export const ERF_LIMIT: usize = CONSTANTS + 172;
/** Where the exponent of a number is taken to begin by log. */
export const ROOT_HALF: usize = CONSTANTS + 176;
/** tanh of gates: see gate.ts. */
export const GATE_LIMIT: usize = CONSTANTS + 180;
export const GATE_P1: usize = CONSTANTS + 184;
export const GATE_P2: usize = CONSTANTS + 188;
export const GATE_P3: usize = CONSTANTS + 192;
export const GATE_P4: usize = CONSTANTS + 196;
export const GATE_Q1: usize = CONSTANTS + 200;
export const GATE_Q2: usize = CONSTANTS + 204;
export const GATE_Q3: usize = CONSTANTS + 208;
export const GATE_Q4: usize = CONSTANTS + 212;
export const MINUS_ONE: usize = CONSTANTS + 216;
export const GATE_LOWEST: usize = CONSTANTS + 220;
/** Up to here exp and its argument are normal numbers. */
export const EXP_INSIDE: usize = CONSTANTS + 224;
/** float64 of wide.ts, the rounder 1.5 · 2⁵² among them: the polynomials of its expm1 and log, and what goes with them. */
export const WIDE_ONE: usize = CONSTANTS + 232;
export const WIDE_LN2: usize = CONSTANTS + 240;
export const WIDE_LOG2_E: usize = CONSTANTS + 248;
export const WIDE_ROUNDER: usize = CONSTANTS + 256;
export const WIDE_LIMIT: usize = CONSTANTS + 264;
export const WIDE_LEAST: usize = CONSTANTS + 272;
export const WIDE_EXP_2: usize = CONSTANTS + 280;
export const WIDE_EXP_3: usize = CONSTANTS + 288;
export const WIDE_EXP_4: usize = CONSTANTS + 296;
export const WIDE_EXP_5: usize = CONSTANTS + 304;
export const WIDE_EXP_6: usize = CONSTANTS + 312;
export const WIDE_EXP_7: usize = CONSTANTS + 320;
export const WIDE_LOG_1: usize = CONSTANTS + 328;
export const WIDE_LOG_2: usize = CONSTANTS + 336;
export const WIDE_LOG_3: usize = CONSTANTS + 344;
export const WIDE_LOG_4: usize = CONSTANTS + 352;
export const WIDE_TWO_TO_52: usize = CONSTANTS + 360;
export const WIDE_BIASED: usize = CONSTANTS + 368;
export const WIDE_TWO: usize = CONSTANTS + 376;
export const WIDE_INFINITY: usize = CONSTANTS + 384;
export const WIDE_LOWEST: usize = CONSTANTS + 392;

/** Four times the constant at `address`. */
// @ts-ignore: decorator
@inline
export function splat(address: usize): v128 {
  return v128.load32_splat(address);
}

/** Twice the float64 constant at `address`. */
// @ts-ignore: decorator
@inline
export function wideSplat(address: usize): v128 {
  return v128.load64_splat(address);
}

/** Writes the constants; to be called once, before any kernel. */
export function writeConstants(): void {
  store<f32>(ONE, 1);
  store<f32>(HALF, 0.5);
  store<f32>(TWO_TO_23, 8388608);
  store<f32>(LOWEST_EXPONENT, -104);
  store<f32>(HIGHEST_EXPONENT, 89);
  store<f32>(LOG2_E, 1.44269504);
  store<f32>(LN2_HIGH, 0.693145751953125);
  store<f32>(LN2_LOW, 1.428606765330187e-6);
  store<f32>(ROUNDER, 12582912);
  store<f32>(EXP_3, 0.16666537523269653);
  store<f32>(EXP_4, 0.04166661202907562);
  store<f32>(EXP_5, 0.00836730096489191);
  store<f32>(EXP_6, 0.0013917535543441772);
  store<f32>(LOG_3, 0.3333331048488617);
  store<f32>(LOG_4, -0.24999986588954926);
  store<f32>(LOG_5, 0.20002220571041107);
  store<f32>(LOG_6, -0.1666925996541977);
  store<f32>(LOG_7, 0.14219042658805847);
  store<f32>(LOG_8, -0.12380874156951904);
  store<f32>(LOG_9, 0.1188240796327591);
  store<f32>(LOG_10, -0.11808469891548157);
  store<f32>(LOG_11, 0.06835827976465225);
  store<f32>(ERF_1, 0.12837916612625122);
  store<f32>(ERF_3, -0.3761262893676758);
  store<f32>(ERF_5, 0.11283618211746216);
  store<f32>(ERF_7, -0.02685512602329254);
  store<f32>(ERF_9, 0.005190733354538679);
  store<f32>(ERF_11, -0.0008030750323086977);
  store<f32>(ERF_13, 0.00007920303323771805);
  store<f32>(LOG_ERFC_0, 0.0001880364870885387);
  store<f32>(LOG_ERFC_1, -1.1295783519744873);
  store<f32>(LOG_ERFC_2, -0.6332201361656189);
  store<f32>(LOG_ERFC_3, -0.10841821879148483);
  store<f32>(LOG_ERFC_4, 0.02520797774195671);
  store<f32>(LOG_ERFC_5, -0.0042044431902468204);
  store<f32>(LOG_ERFC_6, 0.0004413104907143861);
  store<f32>(LOG_ERFC_7, -0.000021684618332074024);
  store<f32>(SIGN_BIT, -0.0);
  store<f32>(INFINITY, Infinity);
  store<f32>(NEGATIVE_INFINITY, -Infinity);
  store<f32>(SMALLEST_NORMAL, 1.1754943508222875e-38);
  store<f32>(TANH_LIMIT, 10);
  store<f32>(EXPM1_LIMIT, -20);
  store<f32>(ERF_LIMIT, 4);
  store<f32>(ROOT_HALF, 0.7071067811865476);
  store<f32>(GATE_LIMIT, 8.9);
  store<f32>(GATE_P1, 0.13387541472911835);
  store<f32>(GATE_P2, 0.0035033365711569786);
  store<f32>(GATE_P3, 0.0000207371649594279);
  store<f32>(GATE_P4, 1.3533724363412603e-8);
  store<f32>(GATE_Q1, 0.467208594083786);
  store<f32>(GATE_Q2, 0.025906432420015335);
  store<f32>(GATE_Q3, 0.0003298328665550798);
  store<f32>(GATE_Q4, 7.849479857213737e-7);
  store<f32>(MINUS_ONE, -1);
  store<f32>(GATE_LOWEST, -8.9);
  store<f32>(EXP_INSIDE, 87);
  store<f64>(WIDE_ONE, 1);
  store<f64>(WIDE_LN2, 0.6931471805599453);
  store<f64>(WIDE_LOG2_E, 1.4426950408889634);
  store<f64>(WIDE_ROUNDER, 6755399441055744);
  store<f64>(WIDE_LIMIT, 160);
  store<f64>(WIDE_LEAST, -160);
  store<f64>(WIDE_EXP_2, 0.5000000046386067);
  store<f64>(WIDE_EXP_3, 0.16666666816997758);
  store<f64>(WIDE_EXP_4, 0.041666354788135206);
  store<f64>(WIDE_EXP_5, 0.008333273071688126);
  store<f64>(WIDE_EXP_6, 0.0013940997885675207);
  store<f64>(WIDE_EXP_7, 0.00019914156712521364);
  store<f64>(WIDE_LOG_1, 0.6666666564547098);
  store<f64>(WIDE_LOG_2, 0.40000335188072333);
  store<f64>(WIDE_LOG_3, 0.2853730869582319);
  store<f64>(WIDE_LOG_4, 0.23582148739467665);
  store<f64>(WIDE_TWO_TO_52, 4503599627370496);
  store<f64>(WIDE_BIASED, 4503599627371519);
  store<f64>(WIDE_TWO, 2);
  store<f64>(WIDE_INFINITY, Infinity);
  store<f64>(WIDE_LOWEST, -Infinity);
}
