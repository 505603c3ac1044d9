import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const shades = (name: string): MantineColorsTuple => {
  const token = `var(--${name})`;
  return [token, token, token, token, token, token, token, token, token, token];
};

/** Mantine's theme, drawn entirely from the tokens: `ink` is primary, colour belongs to state. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 6,
  colors: { ink: shades('ink'), red: shades('maj') },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: {
    xs: 'var(--fs-caption)',
    sm: 'var(--fs-body)',
    md: 'var(--fs-body)',
    lg: 'var(--fs-title)',
    xl: 'var(--fs-head)',
  },
  lineHeights: { xs: '1rem', sm: '1.25rem', md: '1.25rem', lg: '1.375rem', xl: '1.875rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '20px' },
  radius: {
    xs: 'var(--r-key)',
    sm: 'var(--r-control)',
    md: 'var(--r-card)',
    lg: 'var(--r-dialog)',
    xl: 'var(--r-dialog)',
  },
  defaultRadius: 'sm',
  shadows: {
    xs: 'var(--shadow)',
    sm: 'var(--shadow)',
    md: 'var(--shadow)',
    lg: 'var(--shadow-strong)',
    xl: 'var(--shadow-strong)',
  },
  breakpoints: { xs: '20em', sm: '40em', md: '48em', lg: '64em', xl: '80em' },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});

const variables = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--t1)',
  '--mantine-color-bright': 'var(--t1)',
  '--mantine-color-dimmed': 'var(--t2)',
  '--mantine-color-placeholder': 'var(--t3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--maj)',
  '--mantine-color-default': 'var(--s1)',
  '--mantine-color-default-hover': 'var(--s2)',
  '--mantine-color-default-color': 'var(--t1)',
  '--mantine-color-default-border': 'var(--line2)',
  '--mantine-color-disabled': 'var(--s2)',
  '--mantine-color-disabled-color': 'var(--t3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--ink)',
  '--mantine-primary-color-filled-hover': 'var(--ink-hover)',
  '--mantine-primary-color-contrast': 'var(--on-ink)',
};

/** Both schemes resolve to the same variables, because the tokens themselves change with the scheme. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: variables,
});
