/** First segments of the web application's own paths, now and foreseeably; no organisation may have them. */
export const reservedOrganisationSlugs: ReadonlySet<string> = new Set(
  `about account accounts admin api app apps assets auth billing blog contact dashboard demo docs download favicon git
   graphql gantry health help home hooks invitations invite legal livez login logout mail manifest metrics new news
   notifications oauth onboarding organisation organisations organization organizations pricing privacy project
   projects public readyz rest robots search security session sessions settings sign-in sign-out sign-up signin signout
   signup sitemap start static status support system team teams templates terms user users webhooks welcome www`.split(
    /\s+/,
  ),
);

/** Segments that follow an organisation's slug; no project may have them. */
export const reservedProjectSlugs: ReadonlySet<string> = new Set(
  "activity api audit billing clusters keys members new overview people plan projects roles security settings tokens usage".split(
    " ",
  ),
);
