"""Who may open which address: the table that a person wrote, against which the addresses of the program are held.

A name that is missing here fails the suite, and so does one that no longer exists.
"""

from enum import StrEnum


class Who(StrEnum):
    """The widest group that gets anything but a refusal."""

    EVERYBODY = "everybody, signed in or not"
    SIGNED_IN = "whoever is signed in, and sees their own things only"
    LEARNER = "whoever is enrolled in the course, and sees their own things only"
    OWNER = "whoever the thing belongs to"
    EDITORS_SIDE = "whoever may enter the administration, and there what their role may"
    DOOR = "everybody: it leads to the one door of the site"


EVERYBODY = """
    cms_discovery:show-robots cms_discovery:show-sitemap-index cms_discovery:show-sitemap cms_discovery:show-picture
    health styleguide wagtail_serve wagtaildocs_serve wagtaildocs_authenticate_with_password
    wagtailcore_authenticate_with_password
    cms_library:follow-publications
    media:stream-film media:stream-part media:serve-track media:serve-file
    cms_library:open-file cms_library:show-cover cms_library:cite-publication
    cms_films:download-transcript cms_films:follow-films cms_news:follow-news
    cms_search:search-site
    cms_pages:list-versions cms_pages:show-version
    media:stream-film media:serve-track media:serve-file
    cms_library:open-file cms_library:cite-publication
    cms_newsletter:subscribe cms_newsletter:show-asked cms_newsletter:confirm cms_newsletter:change-choice
    cms_newsletter:unsubscribe cms_newsletter:forget cms_newsletter:follow-page
    cms_barriers:report cms_barriers:show-report
    certificates:check certificates:verify certificates:verify-json certificates_own:show-sample
    cms_accounts:show-corner cms_accounts:show-terms cms_accounts:show-farewell
    cms_accounts:resend-verification cms_accounts:show-verification-sent
    cms_accounts:reset-password cms_accounts:set-password
    account_login account_logout account_signup account_inactive account_email_verification_sent account_confirm_email
    account_reset_password account_reset_password_done account_reset_password_from_key
    account_reset_password_from_key_done account_confirm_login_code mfa_authenticate
"""
SIGNED_IN = """
    cms_accounts:show-profile cms_accounts:show-data cms_accounts:export-data cms_accounts:delete-account
    cms_accounts:change-address cms_newsletter:show-mine
    account_reauthenticate account_email account_change_password account_set_password
    mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
    mfa_generate_recovery_codes mfa_download_recovery_codes usersessions_list
    courses_learning:list-mine courses_learning:enter-course courses_learning:enrol certificates_own:list-mine
"""
LEARNER = """
    courses_learning:open-step courses_learning:complete-step courses_learning:undo-step
    courses_learning:record-film courses_learning:complete-by-transcript courses_learning:start-quiz
    courses_learning:show-question courses_learning:show-summary courses_learning:submit-quiz
    courses_learning:show-result certificates_own:confirm-name
"""
OWNER = "certificates_own:show-certificate certificates_own:download-certificate"
DOOR = """
    cms_accounts_door cms_accounts_way_out wagtailcore_login
    wagtailadmin_login wagtailadmin_logout wagtailadmin_password_reset
    wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete
"""
# Words and icons of the administration, without any content.
HARMLESS = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}

ACCESS: dict[str, Who] = (
    dict.fromkeys(EVERYBODY.split(), Who.EVERYBODY)
    | dict.fromkeys(SIGNED_IN.split(), Who.SIGNED_IN)
    | dict.fromkeys(LEARNER.split(), Who.LEARNER)
    | dict.fromkeys(OWNER.split(), Who.OWNER)
    | dict.fromkeys(DOOR.split(), Who.DOOR)
)
