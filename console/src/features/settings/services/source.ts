import type { SourceTrial } from '@/lib/api';

/** Kinds that the form can ask for, in the order in which they are offered. */
export const sourceWords: Record<string, string> = {
  statuspage: 'A vendor’s status page',
  http: 'A website of ours',
  instatus: 'A page of Instatus',
  betterstack: 'A page of Better Stack',
  statusio: 'A page of Status.io',
  cachet: 'A page of Cachet',
  incidentio: 'A page of incident.io',
  google_cloud: 'Google Cloud',
  google_workspace: 'Google Workspace',
  aws: 'AWS',
  azure: 'Azure',
  heroku: 'Heroku',
  salesforce: 'Salesforce',
  slack: 'Slack',
  rss: 'An RSS or Atom feed',
  json: 'Any JSON',
  manual: 'Nobody: set by hand',
};

/** Vendors whose one address is known: theirs may be left out. */
export const knowsAddress = new Set([
  'google_cloud',
  'google_workspace',
  'aws',
  'azure',
  'heroku',
  'salesforce',
  'slack',
]);

export interface Option {
  name: string;
  label: string;
  hint: string;
  /** How its text is sent: as it is, cut at commas, or as lines of `value = status`. */
  form: 'text' | 'commas' | 'mapping';
}

/** What some kinds need or take besides address and parts. */
export const options: Record<string, readonly Option[]> = {
  aws: [
    {
      name: 'regions',
      label: 'Regions',
      hint: 'At least one, such as us-east-1, eu-central-1.',
      form: 'commas',
    },
  ],
  google_cloud: [
    {
      name: 'locations',
      label: 'Locations',
      hint: 'Regions or zones, such as us-west1; none: everywhere.',
      form: 'commas',
    },
  ],
  salesforce: [
    { name: 'instance', label: 'Instance', hint: 'Such as EU35; either this', form: 'text' },
    { name: 'product', label: 'Product', hint: 'or this, such as Heroku.', form: 'text' },
  ],
  statusio: [
    {
      name: 'page_id',
      label: 'Page id',
      hint: '24 hexadecimal digits, from the links of the page.',
      form: 'text',
    },
  ],
  json: [
    { name: 'query', label: 'Query', hint: 'JMESPath, such as services[].state.', form: 'text' },
    {
      name: 'name_query',
      label: 'Query of the names',
      hint: 'Optional: the names of a list’s values.',
      form: 'text',
    },
    {
      name: 'mapping',
      label: 'What the values mean',
      hint: 'A line each: ok = operational. Others: degraded, partial_outage, major_outage, maintenance.',
      form: 'mapping',
    },
  ],
};

/** The source as it stands in the form: everything is text until it is sent. */
export interface SourceFields {
  kind: string;
  url: string;
  components: string[];
  expected: string;
  keyword: string;
  timeout: string;
  /** The kind's own options, by name. */
  own: Readonly<Record<string, string>>;
  /** Fields that the form does not show; they go back as they came while the kind stays. */
  kept: { kind: string; rest: Record<string, unknown> } | null;
}

export const blankSource: SourceFields = {
  kind: 'statuspage',
  url: '',
  components: [],
  expected: '200-399',
  keyword: '',
  timeout: '10',
  own: {},
  kept: null,
};

const words = (value: unknown) => (typeof value === 'string' ? value : '');

/** Whether the form knows what a kind is about; others are shown and sent as they are. */
export function isKnown(kind: string): boolean {
  return kind in sourceWords;
}

/** The fields of a kind that the form shows. */
function shownOf(kind: string): readonly string[] {
  if (!isKnown(kind) || kind === 'manual') return [];
  if (kind === 'http') return ['url', 'expected_status', 'keyword', 'timeout_seconds'];
  return ['url', 'components', ...(options[kind] ?? []).map(({ name }) => name)];
}

/** Reads a source as the server answers it. */
export function sourceFields(source: Record<string, unknown> | null): SourceFields {
  if (!source) return blankSource;
  const { url, components, expected_status, keyword, timeout_seconds } = source;
  const kind = words(source.kind);
  const shown = ['kind', ...shownOf(kind)];
  const rest = Object.entries(source).filter(([name]) => !shown.includes(name));
  return {
    kind,
    url: words(url),
    components: Array.isArray(components) ? components.map(String) : [],
    expected: Array.isArray(expected_status)
      ? expected_status.join(', ')
      : words(expected_status) || blankSource.expected,
    keyword: words(keyword),
    timeout: timeout_seconds === undefined ? blankSource.timeout : String(timeout_seconds),
    own: Object.fromEntries(
      (options[kind] ?? []).map(({ name }) => [name, writeOption(source[name])]),
    ),
    kept: { kind, rest: Object.fromEntries(rest) },
  };
}

function writeOption(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([said, status]) => `${said} = ${status}`)
    .join('\n');
}

const cut = (text: string, at: string) =>
  text
    .split(at)
    .map((one) => one.trim())
    .filter(Boolean);

function readOption({ form }: Option, text: string): unknown {
  if (form === 'commas') return cut(text, ',');
  if (form === 'text') return text.trim();
  const pairs = cut(text, '\n').map((line) => {
    const at = line.lastIndexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

/** Writes it for the server: the fields that its kind has, and those that only the server knows. */
export function sourceOf(fields: SourceFields): Record<string, unknown> & { kind: string } {
  const { kind, url, components, expected, keyword, timeout, own, kept } = fields;
  const rest = kept?.kind === kind ? kept.rest : {};
  const address = url.trim();
  if (!isKnown(kind) || kind === 'manual') return { ...rest, kind };
  if (kind === 'http') {
    const seconds = Number(timeout);
    return {
      ...rest,
      kind,
      url: address,
      expected_status: cut(expected, ','),
      ...(keyword.trim() && { keyword: keyword.trim() }),
      ...(timeout.trim() !== '' && { timeout_seconds: Number.isNaN(seconds) ? timeout : seconds }),
    };
  }
  const said = (options[kind] ?? []).flatMap((option) => {
    const text = own[option.name] ?? '';
    return text.trim() ? [[option.name, readOption(option, text)]] : [];
  });
  return {
    ...rest,
    kind,
    ...(address && { url: address }),
    ...Object.fromEntries(said),
    ...(components.length && { components }),
  };
}

/** A part of a vendor as sources name it: "Group / Name". */
export interface Part {
  value: string;
  label: string;
  status: SourceTrial['components'][number]['status'] | null;
}

/** The parts to choose from: those that a trial listed, and those that are chosen already. */
export function partsOf(
  trial: Pick<SourceTrial, 'components'> | undefined,
  chosen: readonly string[],
): Part[] {
  const listed = (trial?.components ?? []).map(({ id, name, group, status }) => ({
    value: id,
    label: group ? `${group} / ${name}` : name,
    status,
  }));
  const named = (value: string) =>
    listed.some((part) => part.value === value || part.label === value);
  const others = chosen
    .filter((value) => !named(value))
    .map((value) => ({ value, label: value, status: null }));
  return [...listed, ...others];
}
