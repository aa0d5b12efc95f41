/**
 * The generator of math/numerics/rng.ts (Philox4x32-10) in WGSL. Words are 32-bit integers, equal to floor 0 bit for bit; a
 * uniform is kept as its 53 bits (the high 27, the low 26), because f32 cannot hold it. Normals by Box–Muller:
 *   radius = √(−2 log(1−u₁)),   (cos, sin)(2π u₂)
 * The logarithm and the sines are our own, since those of a GPU may be off by 1e-3:
 *   −log v = 2 atanh((1−f)/(1+f)) − e log 2 with v = f·2^e,   atanh z = z + z³/3 + z⁵/5 + …   (|z| ≤ 1/3)
 *   2π u₂ = (π/2) q + θ, |θ| ≤ π/4,   sin and cos of θ by their power series
 */
export const PHILOX = `
fn mulHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let cross = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (cross >> 16u);
}

fn philox(counter: vec4u, key: vec2u) -> vec4u {
  var c = counter;
  var k = key;
  for (var n = 0; n < 10; n++) {
    let high0 = mulHigh(0xd2511f53u, c.x);
    let low0 = 0xd2511f53u * c.x;
    let high1 = mulHigh(0xcd9e8d57u, c.z);
    let low1 = 0xcd9e8d57u * c.z;
    c = vec4u(high1 ^ c.y ^ k.x, low1, high0 ^ c.w ^ k.y, low0);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}

// The 53 bits of the uniform at word \`at\` (even) of a stream.
fn uniformBits(at: u32, key: vec2u) -> vec2u {
  let block = philox(vec4u(at >> 2u, 0u, 0u, 0u), key);
  let words = select(block.xy, block.zw, (at & 2u) != 0u);
  return vec2u(words.x >> 5u, words.y >> 6u);
}

// floor(n u), exactly.
fn scaledFloor(n: u32, bits: vec2u) -> u32 {
  let low = (mulHigh(n, bits.y) << 6u) | ((n * bits.y) >> 26u);
  let product = n * bits.x;
  let sum = product + low;
  let carry = select(0u, 1u, sum < product);
  return ((mulHigh(n, bits.x) + carry) << 5u) | (sum >> 27u);
}

fn below(bits: vec2u, limit: vec2u) -> bool {
  return bits.x < limit.x || (bits.x == limit.x && bits.y < limit.y);
}

fn fraction(high: u32, low: u32) -> f32 {
  return f32(high) * 0x1p-27 + f32(low) * 0x1p-53;
}

// −log(1 − u)
fn exponential(bits: vec2u) -> f32 {
  var z = 0.0;
  var power = 0;
  if (bits.x < 0x4000000u) {
    let u = fraction(bits.x, bits.y);
    z = u / (2.0 - u);
  } else {
    let borrow = select(0u, 1u, bits.y > 0u);
    let v = fraction(0x8000000u - bits.x - borrow, (0x4000000u - bits.y) & 0x3ffffffu);
    let parts = frexp(v);
    z = (1.0 - parts.fract) / (1.0 + parts.fract);
    power = parts.exp;
  }
  let s = z * z;
  let series = 1.0 + s * (1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * (1.0 / 11.0 + s / 13.0)))));
  return 2.0 * z * series - f32(power) * 0.6931471805599453;
}

// The two normals made of two uniforms, in the order in which they are drawn.
fn normalPair(first: vec2u, second: vec2u) -> vec2f {
  let radius = sqrt(2.0 * exponential(first));
  let quarter = (second.x + 0x1000000u) >> 25u;
  let rest = f32(bitcast<i32>(second.x - (quarter << 25u))) * 0x1p-27 + f32(second.y) * 0x1p-53;
  let angle = 6.283185307179586 * rest;
  let s = angle * angle;
  let sine = angle * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0))));
  let cosine = 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0 * (1.0 - s / 90.0))));
  var turned = vec2f(cosine, sine);
  if ((quarter & 1u) == 1u) { turned = vec2f(-sine, cosine); }
  if ((quarter & 2u) == 2u) { turned = -turned; }
  return radius * turned;
}
`;
