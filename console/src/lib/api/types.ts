/** Every shape on the wire that the console reads or writes, snake_case as it travels. */
export * from './types/health';
export * from './types/incidents';
export * from './types/messages';
export * from './types/paths';
export * from './types/people';
