// The endpoints, drawn from the OpenAPI document. What the answers are made of is shown with each of them, not listed apart.
"use strict";

const place = document.getElementById("api-docs");
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  defaultModelsExpandDepth: -1,
  // Either would put links into buttons, or grey letters on grey.
  deepLinking: false,
  syntaxHighlight: false,
});
