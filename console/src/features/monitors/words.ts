import type { Monitor, SourceTrial } from '@/lib/api';
import { isOwnKind, kindName } from '@/lib/kinds';
import { hostOf } from '@/lib/naming';
import type { State } from '@/lib/words';

/** What a monitor is called: its own name, or its kind and what it asks. */
export function monitorName(monitor: Monitor): string {
  if (monitor.name) return monitor.name;
  const { url, host, domain } = monitor as Monitor & Record<string, unknown>;
  const place = [url, host, domain].find((one) => typeof one === 'string');
  return place ? `${kindName(monitor.kind)}, ${hostOf(String(place))}` : kindName(monitor.kind);
}

/** How a monitor is shown: one that cannot check is not its target's fault. */
export function stateOfMonitor(monitor: Monitor): State {
  if (monitor.poller_health === 'broken') return 'poller_broken';
  return monitor.status;
}

/** The last answer in one sentence. */
export function lastAnswer(monitor: Monitor): string {
  if (monitor.last_error && monitor.poller_health !== 'ok') return monitor.last_error;
  if (monitor.detail) return monitor.detail;
  if (monitor.kind === 'heartbeat') return 'Waiting for the first ping.';
  return 'No data yet. The first check is running.';
}

/** Checks of one's own among all sources of a service. */
export function ownMonitors(sources: readonly Monitor[]): readonly Monitor[] {
  return sources.filter(({ kind }) => isOwnKind(kind));
}

const phaseWords = {
  lookup: 'Lookup',
  connect: 'Connect',
  tls: 'TLS',
  first_byte: 'First byte',
  download: 'Download',
} as const;

export interface PhaseShare {
  name: string;
  ms: number;
}

/** Where the time of a check went, in order. */
export function phasesOf(phases: SourceTrial['phases']): PhaseShare[] {
  return Object.entries(phaseWords).flatMap(([key, name]) => {
    const ms = phases?.[key as keyof typeof phaseWords];
    return ms === null || ms === undefined ? [] : [{ name, ms }];
  });
}

/** Milliseconds as people read them: "0.4 ms", "213 ms". */
export function msWords(ms: number): string {
  return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
}

const figureWords: Record<string, (value: number) => string> = {
  days_left: (days) =>
    days < 0 ? `The certificate ended ${-days} days ago.` : `The certificate lasts ${days} days.`,
  loss_percent: (percent) => `${percent} % lost.`,
  min_ms: (ms) => `Fastest ${msWords(ms)}.`,
  max_ms: (ms) => `Slowest ${msWords(ms)}.`,
  jitter_ms: (ms) => `Jitter ${msWords(ms)}.`,
  records: (n) => `Records: ${n}.`,
};

/** Further measured values in sentences. */
export function figuresOf(figures: Record<string, number> | undefined): string[] {
  return Object.entries(figures ?? {}).map(
    ([name, value]) => figureWords[name]?.(value) ?? `${name}: ${value}.`,
  );
}
