/** A place in the model in words: `the calculation Deal.weighted`, `a check of Deal`. */
export function placeWords([of = "", section, name = ""]: readonly string[]): string {
  switch (section) {
    case "attributes":
      return `the default of ${of}.${name}`;
    case "calculations":
      return `the calculation ${of}.${name}`;
    case "aggregates":
      return `the aggregate ${of}.${name}`;
    case "validations":
      return `a validation of ${of}`;
    case "states":
      return name === "transitions" ? `a transition of ${of}` : `the states of ${of}`;
    case "actions":
      return `the action ${name} of ${of}`;
    case "policies":
    case "fieldPolicies":
      return `a policy of ${of}`;
    case "conditionalUniques":
      return `a rule on what is unique in ${of}`;
    case "features":
      return featureWords(of, name);
    default:
      return of;
  }
}

function featureWords(of: string, feature: string): string {
  if (feature === "tenant") return `the tenant of ${of}`;
  return feature === "search" ? `the search in ${of}` : `the order of lists of ${of}`;
}
