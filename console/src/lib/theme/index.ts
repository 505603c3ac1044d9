export { resolveVariables, theme } from './mantine';
export { type Scheme, schemeManager, schemeNames, useScheme } from './scheme';
