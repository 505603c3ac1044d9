export { forgetBoard, useKeepBoard, useRestored } from './hooks';
