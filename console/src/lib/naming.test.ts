import { expect, it } from 'vitest';
import { hostOf, looksLikeAddress, nameFrom, withScheme } from './naming';

it('guesses a name from an address', () => {
  expect(nameFrom('https://status.larkfield.example')).toBe('Larkfield');
  expect(nameFrom('www.larkfieldstatus.com/x')).toBe('Larkfield');
  expect(nameFrom('')).toBe('');
});

it('tells an address from a name', () => {
  for (const address of [
    'https://status.larkfield.example/history',
    'status.larkfield.example',
    'http://127.0.0.1:8123/gitfold',
    'localhost:8080',
  ]) {
    expect(looksLikeAddress(address)).toBe(true);
  }
  for (const name of ['GitHub', 'git hub.com', 'v2.', ''])
    expect(looksLikeAddress(name)).toBe(false);
});

it('says the host of an address, and completes one without a scheme', () => {
  expect(hostOf('https://status.larkfield.example:8443/x?y')).toBe('status.larkfield.example:8443');
  expect(withScheme(' status.larkfield.example ')).toBe('https://status.larkfield.example');
  expect(withScheme('http://localhost:1')).toBe('http://localhost:1');
});
