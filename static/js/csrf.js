// The token that Django asks of every form. That in the page is of no use any more once somebody
// has signed in anew in another tab; that of the cookie is.
export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = document.querySelector("[name=csrfmiddlewaretoken]");
  return cookie ? cookie[1] : field ? field.value : "";
}
