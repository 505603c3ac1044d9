export { type Live, useFollowLive, useLive, wasTrueAt } from './live';
