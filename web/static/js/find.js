// Finds while somebody types: asks the address that the form would ask, and puts
// its list, its counts and the address in place. What was asked before and did
// not answer yet is dropped. When asking fails all stays, and the form says so.
export function findWhileTyping(root) {
  const form = root.querySelector("form[data-find]");
  if (!form) return;
  let waiting, asked;
  for (const field of form.querySelectorAll("[data-ready]")) field.textContent = field.dataset.ready;
  const soon = (milliseconds) => {
    asked?.abort();
    clearTimeout(waiting);
    waiting = setTimeout(look, milliseconds);
  };
  const look = async () => {
    asked = new AbortController();
    try {
      await find(form, asked.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") document.querySelector("[data-failed]").hidden = false;
    }
  };
  form.addEventListener("input", () => soon(200));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    delete form.dataset.sent; // it may be sent again
    const sheet = form.querySelector("details.filters");
    if (sheet.open) sheet.querySelector("summary").focus();
    sheet.open = false;
    soon(0);
  });
}

async function find(form, signal) {
  const path = address(form), answer = await fetch(path, { signal, headers: { Accept: "text/html" } });
  if (answer.status >= 500) throw new Error("it is ill");
  if (!answer.ok || answer.redirected) return location.assign(path); // the server's page says what is the matter
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("[data-failed]").hidden = true;
  history.replaceState(null, "", path);
  for (const fresh of page.querySelectorAll("form[data-find] :is([data-n], .choice, .facet)")) renew(document.getElementById(fresh.id) ?? fresh, fresh);
  document.getElementById("open-gigs").replaceChildren(...page.getElementById("open-gigs").childNodes);
  document.getElementById("announce").textContent = document.getElementById("found").dataset.said;
}

function renew(old, fresh) {
  if ("n" in fresh.dataset) old.textContent = fresh.dataset.ready ?? fresh.textContent;
  else old.hidden = fresh.hidden;
  old.classList.toggle("none", fresh.classList.contains("none"));
}

// address leaves out what is empty, so that it is the short one.
function address(form) {
  const wanted = [...new FormData(form)].filter(([, value]) => value.trim());
  return form.getAttribute("action") + (wanted.length ? "?" + new URLSearchParams(wanted) : "");
}
