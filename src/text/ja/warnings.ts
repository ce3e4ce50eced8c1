/** Warnings of the study's settings in Japanese. */
import { type warnings as english } from '../en/warnings.ts';
import { type Translation } from '../table.ts';

export const warnings: Translation<typeof english> = {
  'warning.ridge-step':
    'γδ/d = {step} が 2 を超えています。1 ステップごとに X が 1 − γδ/d 倍になるため、ステップが無限に小さい理論は発散しなくても SGD は発散します。',
  'warning.steep-loss':
    'f′ が |r| より速く大きくなります。どの学習率でも、理論が発散しないところでも、SGD は発散することがあります。',
  'warning.isotropic-saddle':
    'この初期値では d → ∞ で隠れユニットと平均の重なりが 0 になり、理論は鞍点にとどまります。SGD は log d 程度の時間で鞍点を離れますが、その時間は理論には現れません。重なりのある初期値を与えれば、理論は t = 0 から成り立ちます。',
  'warning.large-step':
    '1 ステップで最も急な方向の道のりの {step} 倍を進みます(γ(hΛ + δ)/d、Λ = {curvature}、γ = {rate})。理論はステップを小さいとみなすため、SGD は理論と異なります。',
  'warning.unstable-rate':
    'γ = {rate} は、この d とバッチサイズでの SGD の安定性のしきい値 {threshold} を超えています。発散が予想されます。',
  'warning.unstable-unseen':
    'γ = {rate} は、この d とバッチサイズでの SGD の安定性のしきい値 {threshold} を超えています。理論は γ = {theory} まで落ち着きますが、SGD は発散します。',
  'warning.unstable-momentum':
    'この更新法の雑音は自分自身を {feedback} 倍にします（1 より小さければ減衰します）。発散が予想されます。',
  'warning.dana-memory': 'δ/d = {share}: 最初の δ ステップは小さくなく、SGD は理論とこの程度の割合で異なります。',
  'warning.accumulated-limit':
    '理論は d → ∞ のもので、そこでは 1 ステップの寄与は 0 です。この d では最初のステップが累積量の {share} を占めます。極限が SGD を表すのは d = {dimension} 以上です。',
  'warning.accumulated-scatter':
    '最初のステップが累積量の {share} を占めるため、d によらず個々の試行は理論のまわりにばらつきます。理論は数パーセントの精度でその平均です。',
};
