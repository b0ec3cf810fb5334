export { handleStripeWebhook as POST } from "#server/features/billing/webhook.ts";
