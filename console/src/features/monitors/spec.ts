export type Control =
  | 'text'
  | 'number'
  | 'area'
  | 'choice'
  | 'check'
  | 'commas'
  | 'lines'
  | 'headers'
  | 'zone'
  | 'secret';

/** One field of a kind: how it is asked for, and what it is when nobody says anything. */
export interface FieldSpec {
  name: string;
  label: string;
  control: Control;
  /** What stands in it at first; empty means: not sent. */
  initial?: string;
  hint?: string;
  placeholder?: string;
  choices?: readonly { value: string; label: string }[];
  /** Behind "More". */
  folded?: true;
  wide?: true;
  /** Shown only while this holds. */
  when?: (values: Values) => boolean;
}

/** A form as it stands: everything is text; a ticked box says "yes". */
export type Values = Readonly<Record<string, string>>;

/** Choices that are called what they are. */
export const same = (...values: string[]) => values.map((value) => ({ value, label: value }));
/** From which response time on an answer counts as degraded. */
export const slowest: FieldSpec = {
  name: 'max_response_ms',
  label: 'Slow from, in ms',
  control: 'number',
  hint: 'Slower is degraded.',
  folded: true,
};
