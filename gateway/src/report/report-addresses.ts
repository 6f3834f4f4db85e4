/** Where documents of reports are made, and where what they are verified by is published. */
export const REPORTS_PATH = '/reports';
export const JWKS_PATH = '/.well-known/jwks.json';
export const ISSUER_PATH = '/.well-known/jwt-vc-issuer';
export const VCT_PATH = '/credentials/credit-report';
export const STATUS_LIST_PATH = '/status-lists/1';
export const VERIFY_PATH = '/verify';

export const vctUrl = (issuer: string): string => `${issuer}${VCT_PATH}`;
export const statusListUrl = (issuer: string): string => `${issuer}${STATUS_LIST_PATH}`;
export const verifyUrl = (issuer: string, code: string): string =>
  `${issuer}${VERIFY_PATH}/${code}`;
