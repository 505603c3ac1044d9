import type { SourceTrial } from '@/lib/api';

export type SourceKind = 'statuspage' | 'http' | 'slack' | 'manual';

export const sourceWords: Record<SourceKind, string> = {
  statuspage: 'A vendor’s status page',
  http: 'A website of ours',
  slack: 'Slack',
  manual: 'Nobody: set by hand',
};

/** The source as it stands in the form: everything is text until it is sent. */
export interface SourceFields {
  kind: SourceKind;
  url: string;
  components: string[];
  expected: string;
  keyword: string;
  timeout: string;
}

export const blankSource: SourceFields = {
  kind: 'statuspage',
  url: '',
  components: [],
  expected: '200-399',
  keyword: '',
  timeout: '10',
};

const kinds: readonly string[] = Object.keys(sourceWords);
const words = (value: unknown) => (typeof value === 'string' ? value : '');

/** Reads a source as the server answers it; a kind that is new to the form is shown as a status page. */
export function sourceFields(source: Record<string, unknown> | null): SourceFields {
  if (!source) return blankSource;
  const { kind, url, components, expected_status, keyword, timeout_seconds } = source;
  return {
    kind: kinds.includes(words(kind)) ? (kind as SourceKind) : 'statuspage',
    url: words(url),
    components: Array.isArray(components) ? components.map(String) : [],
    expected: Array.isArray(expected_status)
      ? expected_status.join(', ')
      : words(expected_status) || blankSource.expected,
    keyword: words(keyword),
    timeout: timeout_seconds === undefined ? blankSource.timeout : String(timeout_seconds),
  };
}

/** Writes it for the server: only the fields that its kind has. */
export function sourceOf(fields: SourceFields): Record<string, unknown> & { kind: string } {
  const { kind, url, components, expected, keyword, timeout } = fields;
  const address = url.trim();
  if (kind === 'manual') return { kind };
  if (kind === 'http') {
    const seconds = Number(timeout);
    return {
      kind,
      url: address,
      expected_status: expected
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
      ...(keyword.trim() && { keyword: keyword.trim() }),
      ...(timeout.trim() !== '' && { timeout_seconds: Number.isNaN(seconds) ? timeout : seconds }),
    };
  }
  return { kind, ...(address && { url: address }), ...(components.length && { components }) };
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
