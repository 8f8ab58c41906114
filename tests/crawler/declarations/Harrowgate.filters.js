export function neverRun(document) { throw new Error('foreign code'); }
