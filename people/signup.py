from django import forms


class SignupForm(forms.Form):
    def signup(self, request, user):
        """Nothing more to ask yet."""
