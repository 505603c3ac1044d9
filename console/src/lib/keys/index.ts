export { ariaKeys, capsOf, isApple } from './chord';
export { KeyLayer, useKeyboard, useKeys, useSingleKeys } from './hooks';
export { type Binding, currentBindings, type KeyGroup } from './registry';
