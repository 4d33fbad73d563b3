// Small help with forms: the first problem gets the focus, a form is sent once,
// and long texts count their characters.
export function helpForms(root) {
  root.querySelector("[data-problems]")?.focus();
  for (const form of root.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => sendOnce(event, form));
  }
  for (const text of root.querySelectorAll("textarea[data-left]")) {
    const show = () => {
      document.getElementById(text.dataset.left).textContent = text.maxLength - text.value.length;
    };
    text.addEventListener("input", show);
    show();
  }
  // A page from the back button may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

function sendOnce(event, form) {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}
