import { type FieldSpec, same, slowest, type Values } from './spec';

const takesBody = ({ method = '' }: Values) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/** The fields of a check of a website or HTTP interface. */
export const http: FieldSpec[] = [
  {
    name: 'url',
    label: 'Address',
    control: 'text',
    placeholder: 'https://www.company.example',
    wide: true,
  },
  {
    name: 'expected_status',
    label: 'Answers with',
    control: 'commas',
    initial: '200-399',
    hint: 'Such as 200-299, 401, 5xx.',
  },
  { name: 'keyword', label: 'Must contain', control: 'text', hint: 'Words on the page; optional.' },
  {
    name: 'method',
    label: 'Method',
    control: 'choice',
    initial: 'GET',
    choices: same('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    folded: true,
  },
  slowest,
  { name: 'body', label: 'Body', control: 'area', folded: true, wide: true, when: takesBody },
  { name: 'headers', label: 'Headers', control: 'headers', folded: true, wide: true },
  {
    name: 'auth_type',
    label: 'Logs in',
    control: 'choice',
    initial: 'none',
    choices: [
      { value: 'none', label: 'Not at all' },
      { value: 'basic', label: 'With name and password' },
      { value: 'bearer', label: 'With a token' },
    ],
    folded: true,
  },
  {
    name: 'auth_username',
    label: 'User name',
    control: 'text',
    folded: true,
    when: ({ auth_type }) => auth_type === 'basic',
  },
  {
    name: 'auth_secret',
    label: 'Password or token',
    control: 'secret',
    folded: true,
    when: ({ auth_type }) => auth_type !== 'none',
  },
  { name: 'keyword_absent', label: 'Must not contain', control: 'text', folded: true },
  {
    name: 'json_query',
    label: 'JSON query',
    control: 'text',
    placeholder: 'status',
    hint: 'A JMESPath that must find something.',
    folded: true,
  },
  {
    name: 'json_expected',
    label: 'The query gives',
    control: 'text',
    folded: true,
    when: ({ json_query }) => Boolean(json_query),
  },
  {
    name: 'follow_redirects',
    label: 'Follows redirects',
    control: 'check',
    initial: 'yes',
    folded: true,
  },
  {
    name: 'max_redirects',
    label: 'Redirects at most',
    control: 'number',
    initial: '5',
    folded: true,
    when: ({ follow_redirects }) => follow_redirects === 'yes',
  },
  {
    name: 'verify_tls',
    label: 'Checks the certificate',
    control: 'check',
    initial: 'yes',
    folded: true,
  },
];
