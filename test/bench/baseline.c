/*
 * SGD as one would write it in C: scalar ziggurat (Marsaglia & Tsang 2000, 128 layers) over sfc32,
 * f64 throughout. Compiled with -O3 -march=native -ffast-math by kernel.bench.ts.
 * Usage: baseline (sgd|normals) dimension classes; for every line on stdin does a round and prints its ns per
 * coordinate and step (or per normal). Two classes: logistic; more: softmax.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint32_t sa = 1, sb = 2, sc = 3, counter = 1;
static uint32_t kn[128];
static double wn[128], fn[128];
#define TAIL 3.442619855899

static inline uint32_t word(void) {
  uint32_t sum = sa + sb + counter++;
  sa = sb ^ (sb >> 9);
  sb = sc + (sc << 3);
  sc = ((sc << 21) | (sc >> 11)) + sum;
  return sum;
}

static inline double uniform(void) { return (word() + 0.5) * 2.3283064365386963e-10; }

static void build(void) {
  const double m1 = 2147483648.0, vn = 9.91256303526217e-3;
  double dn = TAIL, tn = TAIL, q = vn / exp(-0.5 * dn * dn);
  kn[0] = (uint32_t)((dn / q) * m1);
  kn[1] = 0;
  wn[0] = q / m1;
  wn[127] = dn / m1;
  fn[0] = 1.0;
  fn[127] = exp(-0.5 * dn * dn);
  for (int i = 126; i >= 1; i--) {
    dn = sqrt(-2.0 * log(vn / dn + exp(-0.5 * dn * dn)));
    kn[i + 1] = (uint32_t)((dn / tn) * m1);
    tn = dn;
    fn[i] = exp(-0.5 * dn * dn);
    wn[i] = dn / m1;
  }
}

static __attribute__((noinline)) double outside(int32_t bits, uint32_t layer) {
  for (;;) {
    double x = bits * wn[layer];
    if (layer == 0) {
      double y;
      do {
        x = -log(uniform()) / TAIL;
        y = -log(uniform());
      } while (y + y < x * x);
      return bits > 0 ? TAIL + x : -TAIL - x;
    }
    if (fn[layer] + uniform() * (fn[layer - 1] - fn[layer]) < exp(-0.5 * x * x)) return x;
    bits = (int32_t)word();
    layer = word() & 127;
    if ((uint32_t)abs(bits) < kn[layer]) return bits * wn[layer];
  }
}

static inline double normal(void) {
  int32_t bits = (int32_t)word();
  uint32_t layer = bits & 127;
  return (uint32_t)abs(bits) < kn[layer] ? bits * wn[layer] : outside(bits, layer);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

/* x: outputs x d, a: d; one sample of class i, outputs 1 (logistic) or `classes` (softmax). */
static void step(int d, int outputs, int i, const double *s, const double *mu, double *x, double *a, double rate) {
  double r[32] = {0}, g[32];
  for (int k = 0; k < d; k++) a[k] = mu[k] + s[k] * normal();
  for (int o = 0; o < outputs; o++) {
    double sum = 0;
    for (int k = 0; k < d; k++) sum += x[o * d + k] * a[k];
    r[o] = sum;
  }
  if (outputs == 1) {
    g[0] = 1 / (1 + exp(-r[0])) - (i == 0);
  } else {
    double top = r[0], sum = 0;
    for (int o = 1; o < outputs; o++) top = fmax(top, r[o]);
    for (int o = 0; o < outputs; o++) sum += g[o] = exp(r[o] - top);
    for (int o = 0; o < outputs; o++) g[o] = g[o] / sum - (o == i);
  }
  for (int o = 0; o < outputs; o++) {
    double c = rate / d * g[o];
    for (int k = 0; k < d; k++) x[o * d + k] -= c * a[k];
  }
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int d = atoi(argv[2]), classes = atoi(argv[3]);
  char line[16];
  int outputs = classes == 2 ? 1 : classes;
  double *s = malloc(classes * d * 8), *mu = malloc(classes * d * 8), *a = malloc(d * 8), *x = calloc(outputs * d, 8);
  build();
  for (int k = 0; k < classes * d; k++) s[k] = uniform(), mu[k] = normal() / sqrt(d);
  while (fgets(line, sizeof line, stdin)) {
    const int steps = 200000 / d;
    double start = now();
    if (!strcmp(argv[1], "normals")) {
      double sum = 0;
      for (int k = 0; k < steps * d; k++) sum += normal();
      x[0] = sum;
    } else {
      for (int k = 0; k < steps; k++) {
        int i = (int)(uniform() * classes);
        step(d, outputs, i, s + i * d, mu + i * d, x, a, 0.5);
      }
    }
    printf("%.4f\n", (now() - start) / ((double)steps * d));
    fflush(stdout);
  }
  return x[0] > 1e300;
}
