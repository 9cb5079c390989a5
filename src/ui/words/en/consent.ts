export const consentWords = {
  'consent.title': 'Consent',
} as const
