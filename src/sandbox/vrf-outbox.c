/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-outbox.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-store-outbox.h"

/* Invitations, as an applicant would read them (verifa-api.md 3.1, 3.7), and what the
 * organization's admins are told (5.3). Nothing is sent. */

/* Owned texts, one line each: they come from outside, and a subject is a header. */
typedef struct
{
  char *brand;
  char *name; /* nullable */
  char *url;
  char *support; /* nullable */
  gboolean goes_on;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->brand);
  g_free (words->name);
  g_free (words->url);
  g_free (words->support);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static char *
dup_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (text == NULL)
    return NULL;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_unichar (line,
                             g_unichar_isprint (g_utf8_get_char (c)) ? g_utf8_get_char (c) : ' ');
  g_strstrip (line->str);
  return *line->str != '\0' ? g_strdup (line->str) : NULL;
}

static const char *
get_brand (VrfService *service, const VrfStoredSession *session)
{
  const VrfOrganization *organization = vrf_service_get_organization (service);

  if (session->email_display_name != NULL)
    return session->email_display_name;
  return organization->email_display_name != NULL ? organization->email_display_name
                                                  : organization->name;
}

static void
read_words (VrfService *service, const VrfStoredSession *session, Words *words)
{
  words->brand = dup_line (get_brand (service, session));
  words->name = dup_line (session->applicant_name);
  words->url = vrf_service_dup_capture_url (service, session, session->token);
  words->support = dup_line (session->support_url);
  words->goes_on = session->state == VRF_STATE_CAPTURING;
  if (words->brand == NULL)
    words->brand = g_strdup (vrf_service_get_organization (service)->name);
}

static const char *
get_heading (const Words *words)
{
  return words->goes_on ? "Complete your verification" : "Verify your identity";
}

static char *
dup_reason (const Words *words)
{
  return g_strdup_printf (
      words->goes_on ? "You have begun to verify your identity for %s. Go on where you left"
                       " off; it takes a few minutes."
                     : "%s asks you to verify your identity. Have your ID at hand; it takes"
                       " a few minutes.",
      words->brand);
}

static char *
dup_text (const Words *words)
{
  g_autofree char *reason = dup_reason (words);
  g_autofree char *recovery =
      words->support != NULL
          ? g_strdup_printf ("If the link does not work, get help here: %s", words->support)
          : g_strdup_printf ("If the link does not work, ask %s for a new one.", words->brand);

  return g_strdup_printf ("%s%s,\n\n%s\n\n%s:\n%s\n\n%s\n\n%s\n",
                          words->name != NULL ? "Hello " : "Hello",
                          words->name != NULL ? words->name : "",
                          reason,
                          get_heading (words),
                          words->url,
                          recovery,
                          words->brand);
}

/* No picture, style or script from anywhere: a mail that is opened tells nobody. */
static char *
dup_html (const Words *words)
{
  g_autofree char *reason = dup_reason (words);
  g_autofree char *help =
      words->support != NULL
          ? g_markup_printf_escaped ("If the link does not work, <a href=\"%s\">get help</a>.",
                                     words->support)
          : g_markup_printf_escaped ("If the link does not work, ask %s for a new one.",
                                     words->brand);
  g_autofree char *body =
      g_markup_printf_escaped ("<p>%s%s,</p>\n<p>%s</p>\n<p><a href=\"%s\">%s</a></p>\n",
                               words->name != NULL ? "Hello " : "Hello",
                               words->name != NULL ? words->name : "",
                               reason,
                               words->url,
                               get_heading (words));
  g_autofree char *foot = g_markup_printf_escaped ("%s", words->brand);

  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                          "<title>%s</title></head>\n<body>\n%s<p>%s</p>\n<p>%s</p>\n"
                          "</body></html>\n",
                          get_heading (words),
                          body,
                          help,
                          foot);
}

/**
 * vrf_outbox_invite:
 * @service: in a transaction
 * @session: with `invite_count` already counted up, and an address
 * @error: from the database
 *
 * Writes the invitation that @session, as it is now, asks for.
 */
gboolean
vrf_outbox_invite (VrfService *service, const VrfStoredSession *session, GError **error)
{
  g_auto (Words) words = { NULL };
  g_autoptr (VrfStoredMail) mail = g_new0 (VrfStoredMail, 1);

  read_words (service, session, &words);
  mail->id = vrf_random_id ("mail_");
  mail->session_n = session->n;
  mail->session_id = g_strdup (session->id);
  mail->kind = g_strdup (session->invite_count > 1 ? "resend" : "invite");
  mail->to = g_strdup (session->applicant_email);
  mail->subject = g_strdup_printf ("%s: %s", words.brand, get_heading (&words));
  mail->text = dup_text (&words);
  mail->html = dup_html (&words);
  mail->created_at = vrf_service_get_now (service);
  return vrf_store_outbox_add (vrf_service_get_store (service), mail, error);
}

/* What a mail about an endpoint says, one line each; all but what is in the call is the operator's
 * and the receiver's. */
#define WEBHOOK_TEXT                                                                               \
  "Hello,\n\n%d deliveries in a row to a webhook endpoint have failed for good. It has been"       \
  " disabled, and is told nothing any more.\n\nEndpoint: %s\nURL: %s\nEnvironment: %s\n"           \
  "Last problem: %s\n\nOnce it answers again, enable it with PATCH"                                \
  " /api/v1/webhooks/endpoints/%s and {\"enabled\": true}. What was not delivered is in its list"  \
  " of deliveries, where each can be sent again.\n\n%s\n"

#define WEBHOOK_HTML                                                                               \
  "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head>\n"    \
  "<body>\n<p>Hello,</p>\n<p>%d deliveries in a row to a webhook endpoint have failed for good. "  \
  "It"                                                                                             \
  " has been disabled, and is told nothing any more.</p>\n<p>Endpoint: %s<br>URL: %s<br>"          \
  "Environment: %s<br>Last problem: %s</p>\n<p>Once it answers again, enable it with PATCH"        \
  " /api/v1/webhooks/endpoints/%s and {&quot;enabled&quot;: true}. What was not delivered is in"   \
  " its list of deliveries, where each can be sent again.</p>\n<p>%s</p>\n</body></html>\n"

/**
 * vrf_outbox_warn_of_webhook:
 * @service: in a transaction
 * @webhook: which has just been disabled, for its failures
 * @last: the delivery whose failure was the last
 * @error: from the database
 *
 * Writes the mail to the organization's admins of verifa-api.md 5.3.
 */
gboolean
vrf_outbox_warn_of_webhook (VrfService *service,
                            const VrfStoredWebhook *webhook,
                            const VrfStoredDelivery *last,
                            GError **error)
{
  g_autofree char *brand = dup_line (vrf_service_get_organization (service)->name);
  g_autofree char *label = dup_line (webhook->label);
  g_autofree char *url = dup_line (webhook->url);
  g_autofree char *problem = dup_line (last->problem);
  const char *name = label != NULL ? label : webhook->id;
  const char *environment = webhook->is_sandbox ? "sandbox" : "live";
  g_autoptr (VrfStoredMail) mail = g_new0 (VrfStoredMail, 1);

  mail->id = vrf_random_id ("mail_");
  mail->kind = g_strdup ("webhook_disabled");
  mail->to = g_strdup (VRF_ORGANIZATION_ADMINS);
  mail->subject = g_strdup_printf ("%s: A webhook endpoint has been disabled", brand);
  mail->text = g_strdup_printf (
      WEBHOOK_TEXT, webhook->failures, name, url, environment, problem, webhook->id, brand);
  mail->html = g_markup_printf_escaped (WEBHOOK_HTML,
                                        mail->subject,
                                        webhook->failures,
                                        name,
                                        url,
                                        environment,
                                        problem,
                                        webhook->id,
                                        brand);
  mail->created_at = vrf_service_get_now (service);
  return vrf_store_outbox_add (vrf_service_get_store (service), mail, error);
}
