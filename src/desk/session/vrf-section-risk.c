/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/widgets/vrf-risk-band.h"

/* The Risk section: the score on its bands, and what raised it, in words (verifa-api.md 2.6). */

typedef struct
{
  const char *signal;
  const char *word;
  const char *meaning;
} SignalText;

static const SignalText signal_texts[] = {
  { "completion_too_fast",
    N_ ("Finished very fast"), N_ ("In less than 15 seconds") },
    { "completion_too_slow",
      N_ ("Took very long"), N_ ("More than 15 minutes") },
      { "high_hesitation",
        N_ ("Much hesitation"), N_ ("Idle most of the time") },
        { "high_distraction",
          N_ ("Often elsewhere"), N_ ("Left the page more than five times") },
          { "copy_paste_name",
            N_ ("Name pasted"), N_ ("The name was not typed") },
            { "mouse_bot_pattern",
              N_ ("Pointer of a program"), N_ ("Moves as no hand does") },
              { "keystroke_bot_pattern",
                N_ ("Typed by a program"), N_ ("Types as no hand does") },
                { "screen_sharing_detected",
                  N_ ("Screen shared"), N_ ("Somebody else may be watching") },
                  { "autofill_then_edit",
                    N_ ("Filled in, then changed"), N_ ("The browser knew other data") },
                    { "bot_detected",
                      N_ ("A program, not a person"), N_ ("The browser is automated") },
                      { "webdriver_evasion_detected",
                        N_ ("Hidden automation"), N_ ("The browser hides that it is automated") },
                        { "devtools_open",
                          N_ ("Developer tools open"), N_ ("The page could be changed") },
                          { "virtual_camera",
                            N_ ("Virtual camera"), N_ ("The pictures may not come from a lens") },
                            { "webgl_vm_detected",
                              N_ ("Virtual machine"), N_ ("Not a phone or computer of its own") },
                              { "incognito_detected",
                                N_ ("Private window"), N_ ("The browser keeps nothing") },
                                { "vpn_detected",
                                  N_ ("VPN"), N_ ("The place of the network is hidden") },
                                  { "camera_injection_detected",
                                    N_ ("Pictures fed into the camera"),
                                        N_ ("They do not come from a lens") },
                                    { "integrity_checksum_mismatch",
                                      N_ ("Page was changed"), N_ ("Not the page that was sent") },
                                    };

static const SignalText *
find_text (const char *signal)
{
  for (guint i = 0; i < G_N_ELEMENTS (signal_texts); i++)
    if (g_strcmp0 (signal_texts[i].signal, signal) == 0)
      return &signal_texts[i];

  return NULL;
}

/* A newer signal: its own name, which is ASCII, as words. */
static char *
dup_word (const VrfRiskSignal *signal)
{
  const SignalText *text = find_text (signal->signal);
  char *name = NULL;

  if (text != NULL)
    return g_strdup (_ (text->word));
  name = g_strdelimit (g_strdup (signal->signal), "_", ' ');
  name[0] = g_ascii_toupper (name[0]);
  return name;
}

static char *
dup_meaning (const VrfRiskSignal *signal)
{
  const SignalText *text = find_text (signal->signal);
  const char *meaning = text != NULL ? _ (text->meaning) : signal->category;
  const char *action = NULL;

  if (g_strcmp0 (signal->action, "block") == 0)
    action = _ ("Blocks");
  else if (g_strcmp0 (signal->action, "ignore") == 0)
    action = _ ("Not counted");
  if (meaning == NULL || action == NULL)
    return g_strdup (meaning != NULL ? meaning : action);
  return g_strdup_printf ("%s · %s", meaning, action);
}

static void
add_signal (VrfSection *section, const VrfRiskSignal *signal)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *word = dup_word (signal);
  g_autofree char *meaning = dup_meaning (signal);
  /* Translators: how much a signal raises the score of risk */
  g_autofree char *weight = g_strdup_printf (_ ("%+d"), signal->weight);
  GtkWidget *labels[] = { gtk_label_new (word), gtk_label_new (meaning) };
  GtkWidget *weight_label = gtk_label_new (weight);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
      gtk_box_append (GTK_BOX (words), labels[i]);
    }
  gtk_widget_add_css_class (labels[1], "caption");
  gtk_widget_add_css_class (labels[1], "vrf-secondary");
  gtk_widget_set_visible (labels[1], meaning != NULL);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (weight_label, "numeric");
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), weight_label);
  gtk_widget_add_css_class (line, "vrf-row-box");
  /* A weight that is not told says nothing. */
  gtk_widget_set_visible (weight_label, signal->weight != 0);
  vrf_section_add_plain (section, line);
}

static void
add_risk (VrfSection *section, VrfRow *row, const VrfRisk *risk)
{
  const char *level = vrf_row_get_risk_level (row);
  int score = vrf_row_get_risk_score (row);
  GtkWidget *band = NULL;

  if (level == NULL && score < 0)
    return;

  band = vrf_risk_band_new ();
  vrf_risk_band_set_risk (VRF_RISK_BAND (band), score, level);
  gtk_widget_add_css_class (band, "vrf-row-box");
  vrf_section_add_plain (section, band);
  if (risk == NULL)
    return;

  if (risk->hard_block)
    vrf_section_add_kv (section, _ ("Hard block"), _ ("Yes"));
  if (risk->signals->len == 0)
    vrf_risk_band_set_note (VRF_RISK_BAND (band), _ ("No signals"));
  for (guint i = 0; i < risk->signals->len; i++)
    add_signal (section, g_ptr_array_index (risk->signals, i));
}

void
vrf_sections_show_risk (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);

  vrf_section_begin (section);
  add_risk (section, vrf_session_editor_get_row (editor), vrf_session_detail_get_risk (detail));
  if (vrf_session_detail_is_forbidden (detail, VRF_DETAIL_RISK))
    vrf_section_add_note (section, _ ("The API key may not see the risk."));
  vrf_section_end (section);
}
