import type { Monitor } from '@/lib/api';
import type { OwnKind } from '@/lib/kinds';
import { kinds } from './kinds';
import type { FieldSpec, Values } from './spec';

const sealedMark = 'sealed:';

/** Whether a text stands for a secret that is stored and not shown. */
export function isSealed(text: string): boolean {
  return text.startsWith(sealedMark);
}

/** A new monitor of a kind, with what is usual. */
export function blank(kind: OwnKind, zone: string): Values {
  const usual = kinds[kind].fields.map(({ name, initial = '' }) => [name, initial]);
  return { ...Object.fromEntries(usual), ...(kind === 'heartbeat' && { time_zone: zone }) };
}

/** A monitor as the form shows it. */
export function valuesOf(monitor: Monitor, kind: OwnKind): Values {
  const config: Record<string, unknown> = { ...monitor };
  const read = kinds[kind].fields.map((field) => [field.name, textOf(field, config[field.name])]);
  const values: Values = { ...Object.fromEntries(read), name: monitor.name ?? '' };
  if (kind === 'tls' && typeof config.url === 'string' && !values.host) {
    const { hostname, port } = new URL(config.url);
    return { ...values, host: hostname, port: port || '443' };
  }
  if (kind === 'http') return { ...values, ...readAuth(config.auth) };
  if (kind === 'heartbeat') return { ...values, schedule: config.cron ? 'cron' : 'interval' };
  return values;
}

function textOf({ control, initial = '' }: FieldSpec, value: unknown): string {
  if (value === undefined) return initial;
  if (value === null) return '';
  if (control === 'check') return value ? 'yes' : '';
  if (control === 'headers') return writeHeaders(Object.entries(value as Record<string, string>));
  if (Array.isArray(value)) return value.join(control === 'lines' ? '\n' : ', ');
  return String(value);
}

type Auth = { type?: string; username?: string; password?: string; token?: string } | null;

function readAuth(auth: unknown): Values {
  const { type = 'none', username = '', password, token } = (auth as Auth) ?? {};
  return { auth_type: type, auth_username: username, auth_secret: password ?? token ?? '' };
}

export type Header = [name: string, value: string];

export function readHeaders(text: string): Header[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', ...rest] = line.split(':');
    return line ? [[name, rest.join(':').replace(/^ /, '')] satisfies Header] : [];
  });
}

export function writeHeaders(headers: readonly Header[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** What is sent: every field that is shown; an empty one says that there is nothing. */
export function configOf(
  kind: OwnKind,
  values: Values,
): Record<string, unknown> & { kind: string } {
  const config: Record<string, unknown> & { kind: string } = { kind };
  for (const field of kinds[kind].fields) {
    if (virtual.has(field.name)) continue;
    const shown = field.when?.(values) ?? true;
    config[field.name] = sent(field, shown ? (values[field.name] ?? '') : '');
  }
  if (kind === 'http') config.auth = writeAuth(values);
  if (kind === 'heartbeat' && values.schedule === 'cron') config.interval_seconds = null;
  if (kind === 'tls') config.url = null;
  return config;
}

const virtual = new Set(['schedule', 'auth_type', 'auth_username', 'auth_secret']);

function sent({ control, initial }: FieldSpec, text: string): unknown {
  const tidy = text.trim();
  if (control === 'check') return text === 'yes';
  if (control === 'headers') return Object.fromEntries(readHeaders(text));
  if (control === 'lines' || control === 'commas') {
    const parts = (tidy || (initial ?? '')).split(control === 'lines' ? '\n' : ',');
    return parts.map((part) => part.trim()).filter(Boolean);
  }
  if (control === 'area') return text || null;
  const said = tidy || initial || null;
  if (control !== 'number' || said === null) return said;
  const number = Number(said);
  return Number.isNaN(number) ? said : number;
}

function writeAuth({ auth_type, auth_username, auth_secret }: Values) {
  if (auth_type === 'basic')
    return { type: 'basic', username: auth_username ?? '', password: auth_secret ?? '' };
  if (auth_type === 'bearer') return { type: 'bearer', token: auth_secret ?? '' };
  return null;
}

/** What the server says about a field, by the names it uses for it. */
export function namesOf(field: string, values: Values): readonly string[] {
  if (field !== 'auth_secret' && field !== 'auth_username') return [field];
  const own = field === 'auth_username' ? ['username'] : ['password', 'token'];
  const { auth_type = '' } = values;
  return own.flatMap((name) => [`auth.${name}`, `auth.${auth_type}.${name}`]);
}
