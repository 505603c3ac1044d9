import type { BurnWindows, SloDetail } from '@/lib/api';

function burn(pair: string, long: number, short: number, more: Partial<BurnWindows>): BurnWindows {
  return {
    pair,
    long_seconds: long,
    short_seconds: short,
    severity: 'ticket',
    threshold: 1,
    configured_threshold: 1,
    scaled: false,
    burn_long: 0,
    burn_short: 0,
    state: 'calm',
    reason: 'Not over in both windows: 0 × and 0 ×; the limit is 1 ×.',
    ...more,
  };
}

/** Checkout, burning fast; say what is different. */
export function slo(more: Partial<SloDetail> = {}): SloDetail {
  const fast = { threshold: 14.4, configured_threshold: 14.4, burn_long: 67, burn_short: 1000 };
  return {
    id: 'checkout',
    name: 'Checkout',
    tier: 1,
    target_percent: 99.9,
    own_target: false,
    window_days: 30,
    budget_seconds: 2592,
    spent_seconds: 1680,
    left_seconds: 912,
    left_percent: 35.19,
    burn_rate: 67,
    exhausted_in_seconds: 7500,
    exhausted_at: '2026-11-21T11:23:00Z',
    known_percent: 100,
    insufficient_data: false,
    burn: [
      burn('1h/5m', 3600, 300, { ...fast, severity: 'page', state: 'over' }),
      burn('6h/30m', 21_600, 1800, { severity: 'page', threshold: 6 }),
      burn('1d/2h', 86_400, 7200, { threshold: 3 }),
      burn('3d/6h', 259_200, 21_600, {}),
    ],
    breaches: [],
    version: 0,
    default_target_percent: 99.9,
    alerting: true,
    points: [
      { at: '2026-10-22T09:18:00Z', left_percent: 100, even_percent: 100, lost_seconds: 0 },
      { at: '2026-11-21T00:00:00Z', left_percent: 55.2, even_percent: 1.3, lost_seconds: 1160 },
      { at: '2026-11-21T09:18:00Z', left_percent: 35.19, even_percent: 0, lost_seconds: 1680 },
    ],
    losses: [
      {
        start: '2026-11-02T10:00:00Z',
        end: '2026-11-02T10:17:20Z',
        worst: 'partial_outage',
        seconds: 1040,
        budget_percent: 40.12,
      },
      {
        start: '2026-11-21T09:09:20Z',
        end: null,
        worst: 'major_outage',
        seconds: 520,
        budget_percent: 20.06,
      },
    ],
    other_losses: 2,
    other_losses_seconds: 120,
    sla: {
      id: 'checkout',
      name: 'Checkout',
      tier: 1,
      target_percent: 99.9,
      uptime_percent: { '24h': 99.3981, '7d': 99.914, '30d': 99.9351 },
      lost_seconds: { '24h': 520, '7d': 520, '30d': 1680 },
      known_percent: { '24h': 100, '7d': 100, '30d': 100 },
    },
    ...more,
  };
}
